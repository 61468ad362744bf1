# 出错时：是什么，怎么办，编号。

fault-number = 编号 { $number }
fault-inbox = 回到待办
fault-look-again = 重新看一遍
fault-malformed = 这个请求看不懂
fault-malformed-do = 链接可能不完整，或页面太旧。请回到待办，从那里重新打开。
fault-forbidden = 你不能这样做
fault-forged = 页面放得太久了
fault-forged-do = 为了安全，这次操作没有生效。请回到原来的页面，刷新后再试一次。
fault-missing = 这里没有你能看到的内容
fault-missing-do = 它可能不存在、已经销毁，或者不归你看。链接来自同事的话，请问问他是否分给了你。
fault-method = 不能直接打开这个地址
fault-method-do = 它只接收表单。请回到原来的页面操作。
fault-conflict = 别人先了一步
fault-too-large = 内容太大
fault-too-large-do = 请减少一些，或把附件分开上传，再试一次。
fault-invalid = 有些内容不能接受
fault-too-often = 操作太频繁
fault-too-often-do = 请在 { $moment } 以后再试。
fault-ours = 没有完成，是我们的问题
fault-ours-do = 请再试一次；还不行，就把编号 { $number } 告诉管理员。
fault-busy = 现在忙不过来
fault-busy-do = 系统正在启动或事情太多。过一分钟再试，你写的内容没有丢。
