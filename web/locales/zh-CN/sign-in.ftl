# 登录页。不说登录名是否存在。

sign-in-title = 登录
sign-in-verse = 凡出必经其人，凡行必有其印
sign-in-purpose = 客户数据的申请、审批与留痕
sign-in-login = 登录名
sign-in-password = 密码
sign-in-submit = 登录
sign-in-wrong = 登录名或密码不对，请再试一次。忘了密码，请联系管理员重设。
sign-in-limited = 试得太频繁了。{ $moment } 以后可以再试（{ $left }）。
sign-in-ended = 登录已结束，请重新登录。刚才没有提交的内容不会生效。
sign-in-demo = 演示环境：选一位同事，以其身份进入
sign-in-own = 用登录名和密码登录
sign-in-demo-note = 演示数据都是编造的。
sign-in-todo = 待办 { $count } 件
sign-in-nothing = 没有待办
sign-in-code-title = 动态口令
sign-in-code-hint = { $login }，请打开验证器应用，输入现在显示的 6 位数字。
sign-in-code = 动态口令
sign-in-code-wrong = 这个口令不对或已经用过。请输入验证器现在显示的 6 位数字；总是不对，请检查手机的时间。
sign-in-code-submit = 继续
sign-in-demo-code = 演示环境：现在的口令是 <b>{ $code }</b>
sign-in-other = 换一个账户
