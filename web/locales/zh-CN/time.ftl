# 时间的写法。年份、补零的月日以文字传入。

time-today = 今天
time-tomorrow = 明天
time-yesterday = 昨天
time-today-at = 今天 { $clock }
time-tomorrow-at = 明天 { $clock }
time-yesterday-at = 昨天 { $clock }
time-date = { $year }-{ $month2 }-{ $day2 }
time-short-date = { $month2 }-{ $day2 }
time-short-date-weekday = { $month2 }-{ $day2 } { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
time-long-day = { $month } 月 { $day } 日 { $weekday ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[7] 星期日
}
time-long-day-year = { $year } 年 { $month } 月 { $day } 日
time-left = 还剩 { $length }
time-overdue = 逾期 { $length }
time-ago = { $length }前
time-just-now = 刚刚
time-seconds = { $seconds } 秒
time-under-a-minute = 不到 1 分钟
time-minutes = { $minutes } 分钟
time-hours = { $hours } 小时
time-hours-minutes = { $hours } 小时 { $minutes } 分
time-days = { $days } 天
