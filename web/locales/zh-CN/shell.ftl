# 每页都有的：导航、账户菜单、横幅、快捷键。

shell-product = 掌印
shell-home = 掌印首页
shell-skip = 跳到正文
shell-nav = 主导航
shell-inbox = 待办
shell-start = 发起
shell-registers = 台账
shell-incidents = 异常
shell-audit = 合规
shell-me = 我的
shell-requests = 我发起的
shell-search = 搜索
shell-search-hint = 搜索我的事项
shell-notifications = 通知，{ $unread } 条未读
shell-account = 我的账户
shell-language = 语言
shell-language-zh = 中文
shell-language-en = English
shell-theme = 外观
shell-theme-system = 随系统
shell-theme-light = 浅色
shell-theme-dark = 深色
shell-sign-out = 退出登录

banner-offline = 网络断开。连上以前，你的操作不会送出。
banner-done-elsewhere = <b>{ $by }</b> 刚刚处理了这件事，已移到“已办”。
banner-see-done = 去看已办
banner-changed-meanwhile = <b>{ $by }</b> { $ago }改了申请，请重新看一遍再决定。

keys-title = 快捷键
keys-move = 下一件、上一件
keys-open = 打开
keys-select = 选择
keys-approve = 批准
keys-reject = 驳回
keys-return = 退回
keys-search = 搜索
keys-all = 全部快捷键
keys-close = 关闭
keys-done = 知道了
