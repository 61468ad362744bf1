# What every page has: navigation, account menu, banners, keys.

shell-product = Chancery
shell-home = Chancery home
shell-skip = Skip to content
shell-nav = Main
shell-inbox = Inbox
shell-start = Start
shell-registers = Registers
shell-incidents = Incidents
shell-audit = Audit
shell-me = Me
shell-requests = My requests
shell-search = Search
shell-search-hint = Search my tasks
shell-notifications = Notifications, { $unread } unread
shell-account = My account
shell-language = Language
shell-language-zh = 中文
shell-language-en = English
shell-theme = Appearance
shell-theme-system = System
shell-theme-light = Light
shell-theme-dark = Dark
shell-sign-out = Sign out

banner-offline = You are offline. Nothing you do is sent until you are back.
banner-done-elsewhere = <b>{ $by }</b> has just decided this. It is under Done.
banner-see-done = See Done
banner-changed-meanwhile = <b>{ $by }</b> changed the request { $ago }. Read it again before you decide.

keys-title = Keyboard
keys-move = Next, previous
keys-open = Open
keys-select = Select
keys-approve = Approve
keys-reject = Reject
keys-return = Return
keys-search = Search
keys-all = All keys
keys-close = Close
keys-done = Got it
