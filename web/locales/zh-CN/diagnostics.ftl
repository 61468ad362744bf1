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

D400 = “{ $key }”还没有实现。
    .help = 请先删掉它；留着会让人以为它在起作用。

D401 = “{ $found }”还没有实现。
    .help = 请换一种写法。

D402 = “{ $type }”字段还没有实现。
    .help = 请先换成别的类型，例如 text。
