# 定义文件的诊断：每个编号一条，.help 说明怎样改。

D001 = 从这里开始，文件不符合 YAML 的写法。
    .help = 常见原因：括号或引号没有配对、缩进不齐、冒号后面少了空格。请从这一行和上一行看起。

D002 = 文件不是 UTF-8 编码{ $found ->
        [unknown] { "" }
        *[other] （看起来是 { $found }）
    }。
    .help = 请在编辑器里另存为 UTF-8。

D003 = 文件有 { $size } 字节，最多 { $limit } 字节。
    .help = 请把它拆成几个表单或流程。

D004 = 嵌套超过 { $limit } 层。
    .help = 请检查括号是否写重了，或把内层的步骤移到外层。

D005 = 一个文件里写了第二份文档。
    .help = 每个文件只放一份定义。请删掉分隔线，或把后半部分移到另一个文件。

D006 = 文件里什么也没有。
    .help = 请写上定义，或删除这个文件。

D007 = “{ $found }”会被 YAML 当作标签，意思就变了。
    .help = 请给整个值加上双引号。

D008 = 这里用了锚点（&），定义里不能用。
    .help = 如果值本身以 & 开头，请加双引号；否则请把内容完整写出来。

D009 = 这里用了引用（*），定义里不能用。
    .help = 如果值本身以 * 开头，请加双引号；否则请把内容完整写出来。

D010 = “{ $key }”写了两次，第一次在第 { $first } 行。
    .help = 请只留一个。

D011 = 这里没有“{ $key }”这个键。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 这里可以写：{ $known }。

D012 = 缩进用了制表符。
    .help = 请改用空格；编辑器里可以设成按 Tab 输入空格。

D013 = 这里的“{ $found }”是全角标点，YAML 只认半角的“{ $meant }”。
    .help = 请改成半角标点。如果它是文字的一部分，请给整段文字加双引号。

D014 = 这里有看不见的字符或改变文字方向的字符（{ $character }）。
    .help = 多半是复制时带进来的。请删掉这一段重新输入。

D015 = 以两个左花括号开头的文字没有加引号。
    .help = 请给整段文字加双引号，否则 YAML 会把花括号当作结构。

D016 = 键必须是一个词。
    .help = 请把键写成一个词，后面跟冒号和空格。

D017 = 以“{ $found }”开头的值在 YAML 里另有含义。
    .help = 请给整个值加双引号。

D018 = 这里缺少“{ $key }”。
    .help = 请补上这个键。

D019 = 这里应当是{ $expected ->
        [list] 列表
        [keys] 键和值
        [number] 数字
        [yes_no] true 或 false
        [nothing] 空
        *[text] 文字
    }，写的却是{ $found ->
        [list] 列表
        [keys] 键和值
        [number] 数字
        [yes_no] true 或 false
        [nothing] 空
        *[text] 文字
    }。
    .help = 列表写成 [a, b]，键和值写成 a: b，yes 和 no 请写成 true 和 false。

D020 = 这里还没有写，应当是{ $expected ->
        [list] 列表
        [keys] 键和值
        [number] 数字
        [yes_no] true 或 false
        [nothing] 空
        *[text] 文字
    }。
    .help = 请写上值，或删掉这个键。

D021 = 这里不能写“{ $found }”。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 可以写：{ $known }。

D022 = “{ $found }”不能作名称：表达式要用到它。
    .help = 请用小写字母开头，只用小写字母、数字和下划线，最多 64 个字符，例如 first_name。

D023 = “{ $found }”不能作表单、流程、角色或部门的名称。
    .help = 请用小写字母开头，只用小写字母、数字和连字符，最多 64 个字符，例如 export-request。

D024 = “{ $found }”在表达式里另有含义，不能作名称。
    .help = 请换一个名称，例如在后面加上下划线和说明：case_type。

D025 = 这里写的是“{ $found }”，文件名却是“{ $stem }”。
    .help = 请让两者一致，别人才能按名称找到文件。

D026 = “{ $found }”不能作登录名。
    .help = 请用小写字母开头，例如 li.na，最多 64 个字符。

D027 = 没有“{ $found }”这种语言。
    .help = 可以写 zh（即 zh-CN）和 en。

D028 = 读不懂“{ $found }”这段时长。
    .help = 可以写：30 分钟、4 小时、2 天、6 个月、8 工作小时、3 个工作日，或 PT4H。

D029 = 没有“{ $found }”这一天。
    .help = 请写成年-月-日，例如 2026-11-20。

D030 = 读不懂这里的工作时间“{ $found }”，或者它和别的时段重叠。
    .help = 请写成 mon-fri: ["09:00-12:00", "13:00-18:00"]：星期用 mon 到 sun，每天的时段从早到晚、互不重叠，每个星期几只写一次，至少有一天上班。

D031 = “{ $found }”超出范围，应当在 { $least } 到 { $most } 之间。
    .help = 请改成范围内的整数。

D032 = 这个文件的问题超过 { $limit } 个，其余的没有列出。
    .help = 请先改正已列出的，再检查一次。

D033 = 这里有控制字符（{ $character }）。
    .help = 请删掉它。它在屏幕上往往看不见，可以删掉这一段重新输入。

D034 = 这里最多 { $limit } 项。
    .help = 请减少数量，或拆成几份。

D035 = “{ $file }”不会被读取：表单和流程的文件名以 .yaml 结尾。
    .help = 请把文件名改成以 .yaml 结尾，或移到别处。

D036 = 没有“{ $found }”这个时区。
    .help = 请写成洲/城市，例如 Asia/Shanghai。

D037 = 读不懂日历文件的这一行：“{ $found }”。
    .help = 请用 iCalendar（.ics）文件，只含全天事件（DTSTART、DTEND），不用重复规则（RRULE）。

D038 = 没有“{ $found }”这种遮盖方式。
    .help = 可以写 name、mobile、id、card、email、address、all，或 3*4（保留前三位和后四位，每边最多 9 位）。

D100 = 没有“{ $name }”这个表单。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 表单放在 forms/ 下，每个文件一份。

D101 = 没有“{ $name }”这个角色。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 角色写在 chancery.yaml 的 roles 下。

D102 = 没有“{ $name }”这个字段。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 这里只能写表单里的字段。

D103 = 没有“{ $name }”这个部门。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 请检查拼写。

D104 = 没有“{ $name }”这个人员。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 请检查拼写。

D105 = “{ $name }”不是登记簿，不存记录。
    .help = 请写 kind: register 的表单。

D106 = “{ $name }”已经用过，在第 { $first } 行。
    .help = 请换一个名称。

D107 = 没有“{ $path }”这个文件。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 路径从工作区的目录算起，用 / 分隔。

D108 = 上级关系绕成了圈：{ $chain }。
    .help = 请改正其中一个人的上级，最上面的人不写 manager。

D109 = 部门关系绕成了圈：{ $chain }。
    .help = 请改正其中一个部门的 parent，最上面的部门不写 parent。

D110 = “{ $login }”请 { $deputy } 代理，但同一时间的代理最后又回到本人。
    .help = 请换一位代理人，或者错开日期。

D111 = 缺席的最后一天早于第一天。
    .help = until 是最后一天，不能早于 from。

D150 = 没有“{ $name }”这个名称。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 能用的有 request.字段、requester、let 里的名称和前面步骤的 steps.步骤.outcome；表单里直接写字段名。

D151 = “{ $name }”里有好几个值，要写明是哪一个。
    .help = 可以写：{ $known }。

D152 = 没有“{ $name }”这个函数。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 能用的函数：max_level count date days len contains starts_with min max round is_empty。

D153 = “{ $name }”是登记表，不能用来发起流程。
    .help = 请写一份申请表单（没有 kind: register）。

D154 = 没有“{ $name }”这种结局。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 可以写：{ $known }。自己的结局要先列在 outcomes 里。

D155 = 前面没有叫“{ $name }”的审批步骤。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 只能写在它之前、同一条路上的 approve 步骤。

D156 = 前面没有可以退回的步骤“{ $name }”。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 只能退回到同一列表或外层列表里、在它之前的 approve 或 fill 步骤，或者写 requester、previous、any。

D200 = “{ $type }”字段含个人信息，必须写明 sensitivity。
    .help = 请写上 sensitivity: L1 或更高的级别；表格的级别写在表格上。

D201 = “{ $type }”字段没有“{ $key }”。
    .help = 请删掉这个键，或换一种字段类型。

D202 = “{ $name }”不能用在这里，应当是{ $expected ->
        [person] 人员字段
        [text] 单行文字、手机、身份证或银行卡字段
        [records] 记录集字段
        [fields] 字段选择
        *[other] { $expected }
    }。
    .help = 请换一个字段，或改它的类型。

D203 = 最小值 { $least } 大于最大值 { $most }。
    .help = 请对调或改正。

D204 = { $level } 的值不能让所有人看到。
    .help = 请写 others_see: masked 或 others_see: nothing。

D205 = “{ $type }”字段不能用“{ $search }”查找。
    .help = 加密的值只能按 exact（全部）、last4（后四位，编号类）和 prefix（开头，文字）查找。

D206 = “{ $key }”只用于 kind: register 的表单。
    .help = 请写上 kind: register，或删掉这部分。

D250 = 两边类型不同，不能比较：左边是{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，右边是{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 请让两边一样：数字不加引号，文字加双引号，日期写 date("2026-11-20")，级别写 L0 到 L3。

D251 = “{ $operator }”不能用在这里：左边是{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，右边是{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 文字只能比较相等；日期加减写 days(3)；记录和字段先用 count 或 max_level。

D252 = “{ $operator }”需要{ $expected ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，这里是{ $found ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 请把这一边写成比较，例如 rows > 0。

D253 = “{ $name }”可能是空的，要说明空的时候怎么算。
    .help = 请用 ?? 写上代替的值，例如 ({ $name } ?? 0)；或在表单里写 required: true。

D254 = 这里要的是{ $expected ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，得到的是{ $found ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 条件要写成能回答“是或否”的比较；动作的参数要直接写对应的字段。

D255 = “{ $name }”的参数类型不对。
    .help = 写法举例：{ $expected }。

D256 = “{ $name }”要 { $expected } 个参数，这里有 { $found } 个。
    .help = 请补上或删掉多余的。

D257 = ?? 两边类型不同：左边是{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，右边是{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 代替的值要和原来的值同类。

D258 = if 的两个结果类型不同：{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }和{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 两个结果要同类。

D259 = 列表里的值类型不同：{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }和{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 列表里只放同一类的值。

D260 = 要找的是{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，列表里是{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }，永远找不到。
    .help = 请让两者同类。

D261 = in 的右边要是列表，这里是{ $right ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }（左边是{ $left ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }）。
    .help = 列表写成 ["a", "b"]；在文字里查找用 contains(文字, 部分)。

D270 = 看不出这是哪一种步骤。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 每个步骤写一个种类，值是它的名称：{ $known }。

D271 = 一个步骤不能既是 { $first } 又是 { $second }。
    .help = 请拆成两个步骤。

D272 = { $kind } 步骤没有“{ $key }”；它属于 { $kinds }。
    .help = 请删掉它，或换成另一种步骤。

D273 = 分支没有写“其余情况”。
    .help = 请在最后加一项 { "{" } else: true, steps: [] { "}" }，说明其余情况怎么办。

D274 = else 后面的情况永远轮不到。
    .help = 请把 else 移到最后。

D275 = else 只能写成 else: true。
    .help = 条件请写在前面的 if 里。

D276 = 一种情况里不能同时写 if 和 else。
    .help = 请拆成两种情况。

D277 = “{ $key }”要有期限才有意义。
    .help = 请写上 due，例如 due: 1 working day。

D278 = 这一级（{ $after }）早于上一级（{ $earlier }）。
    .help = 请按时间先后排列，从早到晚。

D279 = 上一级已经结束了这个步骤，这一级永远轮不到。
    .help = 请把 do 放在最后一级。

D280 = 每一级升级只做一件事。
    .help = 请从中选一个：{ $known }。

D281 = “{ $name }”必须填写，却不能填写。
    .help = 请把它也写进 edit。

D282 = 看不懂“{ $found }”指的是谁。
    .help = 常用写法：requester.manager、role:dpo、department:legal.head、person:li.na、request.字段。

D283 = “{ $found }”在这里找不到人。
    .help = assignee 只用于提醒和升级；谁能发起写 role:、department: 或 person:。

D284 = 不能导出成“{ $found }”格式。
    .help = 可以用的格式：{ $known }。

D285 = 记录来自“{ $records }”，字段来自“{ $fields }”，不是同一份登记表。
    .help = 请让两者来自同一份登记表。

D286 = 读不懂要达到的票数占比“{ $found }”。
    .help = 写大于 0、不超过 100 的百分比，最多两位小数；或者直接写票数。

D287 = 办理没有可以表决的意见。
    .help = 这里用 any、all 或 in_order；要表决请用 approve。

D288 = 谁都无法同意：allow 里没有 approve。
    .help = 在 allow 里加上 approve。

D290 = 流程只以一种方式发起。
    .help = 请在 start 里写且只写其中一个：{ $known }。

D291 = 读不懂 cron 写法“{ $found }”。
    .help = 写五段：分 时 日 月 周，例如 0 2 * * 1。

D292 = “{ $found }”不是一天里的时刻。
    .help = 写成 02:00 这样。

D293 = 这里没有可以单独结束的分支。
    .help = on_reject: branch 只能写在 branch、parallel 或 each 里面；否则写 end 或 continue。

D294 = wait 要等一样东西。
    .help = for、until、event 写且只写一个。

D295 = “{ $key }”只用于等外部事件。
    .help = 请去掉它，或者写 event。

D296 = “{ $name }”之前是{ $expected }，现在成了{ $found }。
    .help = 一个变量的类型不能变；请换一个名字。

D297 = “{ $name }”这个名字已经用了。
    .help = let、变量和 each 的条目不能同名；请换一个。

D298 = 动作的参数用了“{ $name }”，它不是审批人批准的内容。
    .help = 动作只能用申请里的字段和 let 的值：它们与审批绑定，变量和条目会变。

D299 = “{ $found }”不能用来撤销动作：流程已经有了结果，后面的事没有人批准。
    .help = undo 里可以写 fill、notify、set，以及包含它们的步骤。

D350 = 这里要写一个表达式。
    .help = 例如 rows > 500；文字写成 '"回访"'。

D351 = 表达式超过 { $limit } 个字符。
    .help = 请用 let 拆成几段。

D352 = 表达式嵌套太深，或一连串写得太长。
    .help = 请用 let 拆成几段；一串 || 可以写成 in [1, 2, 3]。

D353 = 表达式从这里开始看不懂：“{ $near }”。
    .help = 请检查括号和引号是否配对、运算符有没有漏写或多写。

D354 = 表达式没有写完。
    .help = 请补上后半部分，或补上缺少的括号、引号。

D355 = “{ $found }”在这里要写成“{ $instead }”。
    .help = 并且写 &&，或者写 ||，不是写 !，相等写 ==，不等写 !=，是否为空写 is_empty(…)。

D356 = 文字要用双引号，不用单引号。
    .help = 请写成 "…"；整个表达式就是一段文字时写成 '"回访"'。

D357 = 这里不用“条件 ? 甲 : 乙”。
    .help = 请写成 if 条件 { "{" } 甲 { "}" } else { "{" } 乙 { "}" }；空值的代替写 ??。

D358 = 比较不能连着写。
    .help = 请拆开，用 && 连接：1 < rows && rows < 5。

D359 = 表达式里没有这种写法：“{ $near }”。
    .help = 表达式只有比较、算术、&& || !、in、??、if else 和列出的函数。

D360 = if 缺少 else。
    .help = 请写上另一种情况的值。

D361 = date(…) 里要直接写日期。
    .help = 例如 date("2026-11-20")；日期字段不用 date，直接写字段名。

D362 = 没有“{ $found }”这一天。
    .help = 请写成年-月-日，例如 date("2026-11-20")。

D370 = 消息模板超过 { $limit } 个字符。
    .help = 请写短一些。

D371 = 消息模板看不懂：“{ $near }”。
    .help = 请检查双花括号是否配对、if 和 for 是否有 endif 和 endfor。

D372 = 消息里不能计算：“{ $near }”。
    .help = 请在 let 里算好，消息里只写名称。

D373 = 消息里没有“{ $found }”。
    .help = 可以写：{ $known }。

D374 = 没有“{ $name }”这个过滤器。{ $guess ->
        [yes] 是不是“{ $suggestion }”？
        *[no] { "" }
    }
    .help = 可以用：{ $known }。

D375 = “{ $name }”不能直接写进消息，它是{ $found ->
        [bool] 是或否
        [number] 数
        [text] 文字
        [date] 日期
        [moment] 时刻
        [span] 时长
        [level] 级别
        [person] 人员
        [department] 部门
        [records] 记录集
        [fields] 字段选择
        [list] 列表
        *[map] 一组值
    }。
    .help = 请先在 let 里用 count 或 max_level 得出一个值。

D400 = “{ $key }”还没有实现。
    .help = 请先删掉它；留着会让人以为它在起作用。

D401 = “{ $found }”还没有实现。
    .help = 请换一种写法。

D402 = “{ $type }”字段还没有实现。
    .help = 请先换成别的类型，例如 text。

D450 = 表达式里的“{ $name }”还没有实现。
    .help = 请换一种写法。

D451 = { $found } 步骤还没有实现。
    .help = 请先用 approve、fill、notify、run、branch 和 end 写。

D452 = “{ $found }”这种找人的写法还没有实现。
    .help = 请先用角色、部门或具体的人。

D510 = 有 { $count } 位申请人提交时，步骤“{ $step }”没有人能办理，也没有在职的流程管理员能指定一位，例如 { $people }。
    .help = 请换一种选人方式，或用 if_nobody 写明没有人时怎么办；也可以让一位在职的人担任流程管理员。

D511 = 有 { $count } 位申请人提交时，步骤“{ $step }”找不到能办理的人，要请流程管理员指定一位，例如 { $people }。
    .help = 如果这不是本意，请为这些人补上主管或角色，或用 if_nobody 写明没有人时怎么办。

D512 = 现在没有人能发起这个流程。
    .help = 请检查 start 里的 by，或把其中的角色授给应当发起的人。

D513 = 步骤“{ $step }”升级到第 { $rung } 级时，又回到已经处理过的人：有 { $count } 位申请人会这样，例如 { $people }。
    .help = 请让这一级交给更上一级的人，例如 to: assignee.manager，或改用 notify、do。

D514 = 没有人员名单，所以没有检查每一步是否都有人办理。
    .help = 请用 --people 指定人员文件再检查一次。

D515 = 流程由规则发起时，步骤“{ $step }”没有人能办理，也没有在职的流程管理员能指定一位。
    .help = 请换一种选人方式，或用 if_nobody 写明没有人时怎么办。

D516 = 流程由规则发起时，步骤“{ $step }”找不到能办理的人，要请流程管理员指定一位。
    .help = 如果这不是本意，请授予角色，或用 if_nobody 写明没有人时怎么办。

D520 = 沿这条路径，动作 { $action } 可能触及 { $level }，而除申请人以外没有人批准过。
    .help = 请在“{ $step }”之前加一个审批步骤。超时、跳过和填写都不算批准。

D521 = 沿这条路径，动作 { $action } 可能触及 { $level }，而批准人只保证有 { $clearance } 的权限。
    .help = 请在“{ $step }”之前让权限达到 { $level } 的角色审批，并让条件把这样的申请都分过去。主管等职位不保证任何权限。

D529 = 可能的路径太多，超过 { $limit } 条，无法逐条证明都有第二个人批准。
    .help = 请把流程拆小，或减少可以跳过、超时后继续的步骤。

D530 = 步骤“{ $step }”列出的字段 { $field } 是 { $level }，而办理人只保证有 { $clearance } 的权限。
    .help = 请从 see 和 edit 里去掉它，或换成权限更高的角色。

D531 = 步骤“{ $step }”的消息里有 { $level } 的值。消息里不能有个人信息。
    .help = 请去掉这些值。收件人可以打开申请查看，能看到多少由其权限决定。

D590 = 步骤“{ $step }”没有写到期时间。
    .help = 请写 due，例如 due: 8 working hours。没有期限的任务容易被忘记。

D591 = 步骤“{ $step }”有到期时间，但没有提醒，也没有升级。
    .help = 请写 remind 或 escalate，让到期的任务有人过问。

D592 = 每一步都由同一个人决定。
    .help = 如果只需要一个人决定，一步就够；否则请把其中一步交给别人。

D593 = 字段 { $field } 是 { $level }，却没有步骤用到它。
    .help = 不需要的个人信息不要收集：请删去这个字段，或在需要它的步骤的 see 里列出。
