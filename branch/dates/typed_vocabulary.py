"""The words with which people say when, and the plain words that readers know them by.

Days of the week are `wd:0` to `wd:6` from Monday on, months `mon:1` to `mon:12`, a time is `t:9-0`.
"""

from typing import Final

CHINESE: Final = {
    "\u6bcf\u9694\u4e00": "every 2",  # 每隔一
    "\u6bcf\u9694": "every_other_than_said",  # 每隔
    "\u9694": "every 2",  # 隔
    "\u6bcf\u9022": "every",  # 每逢
    "\u6bcf": "every",  # 每
    "\u5de5\u4f5c\u65e5": "wd:0,1,2,3,4",  # 工作日
    "\u5468\u672b": "wd:5,6",  # 周末
    "\u5929": "day",  # 天
    "\u65e5": "day",  # 日
    "\u53f7": "day",  # 号
    "\u5468": "week",  # 周
    "\u661f\u671f": "week",  # 星期
    "\u793c\u62dc": "week",  # 礼拜
    "\u6708": "month",  # 月
    "\u6708\u4efd": "month",  # 月份
    "\u6b63\u6708": "lunar 1 month",  # 正月
    "\u51ac\u6708": "lunar 11 month",  # 冬月
    "\u814a\u6708": "lunar 12 month",  # 腊月
    "\u5e74": "year",  # 年
    "\u519c\u5386": "lunar",  # 农历
    "\u9634\u5386": "lunar",  # 阴历
    "\u65e7\u5386": "lunar",  # 旧历
    "\u521d": "early",  # 初
    "\u6700\u540e": "last",  # 最后
    "\u7b2c": "nth",  # 第
    "\u4e2a": "",  # 个
    "\u7684": "",  # 的
    "\u5728": "",  # 在
    "\u4e8e": "",  # 于
    "\u6cd5\u5b9a": "",  # 法定
    "\u8282\u5047\u65e5": "holiday",  # 节假日
    "\u8282\u65e5": "holiday",  # 节日
    "\u5047\u65e5": "holiday",  # 假日
    "\u5047\u671f": "holiday",  # 假期
    "\u653e\u5047": "holiday",  # 放假
    "\u9047": "if",  # 遇
    "\u9047\u5230": "if",  # 遇到
    "\u5982\u9047": "if",  # 如遇
    "\u9022": "if",  # 逢
    "\u78b0\u5230": "if",  # 碰到
    "\u5219": "",  # 则
    "\u8df3\u8fc7": "skip",  # 跳过
    "\u4e0d\u53d1": "skip",  # 不发
    "\u9664\u5916": "skip",  # 除外
    "\u63d0\u524d": "before",  # 提前
    "\u987a\u5ef6": "after",  # 顺延
    "\u63a8\u8fdf": "after",  # 推迟
    "\u5ef6\u540e": "after",  # 延后
    "\u7167\u53d1": "send",  # 照发
    "\u7167\u5e38": "send",  # 照常
    "\u5230": "until",  # 到
    "\u81f3": "until",  # 至
    "\u76f4\u5230": "until",  # 直到
    "\u622a\u81f3": "until",  # 截至
    "\u4e3a\u6b62": "",  # 为止
    "\u4ece": "from",  # 从
    "\u81ea": "from",  # 自
    "\u8d77": "begin",  # 起
    "\u5f00\u59cb": "begin",  # 开始
    "\u65e9\u4e0a": "morning",  # 早上
    "\u4e0a\u5348": "morning",  # 上午
    "\u65e9\u6668": "morning",  # 早晨
    "\u6e05\u6668": "morning",  # 清晨
    "\u65e9": "morning",  # 早
    "\u51cc\u6668": "small_hours",  # 凌晨
    "\u4e2d\u5348": "midday",  # 中午
    "\u4e0b\u5348": "afternoon",  # 下午
    "\u508d\u665a": "afternoon",  # 傍晚
    "\u665a\u4e0a": "evening",  # 晚上
    "\u591c\u91cc": "evening",  # 夜里
    "\u665a": "evening",  # 晚
    "\u70b9": "oclock",  # 点
    "\u70b9\u949f": "oclock",  # 点钟
    "\u65f6": "oclock",  # 时
    "\u6574": "",  # 整
    "\u5206": "minute",  # 分
    "\u5206\u949f": "minute",  # 分钟
    "\u5c0f\u65f6": "hour",  # 小时
    "\u949f\u5934": "hour",  # 钟头
    "\u534a": "half",  # 半
    "\u523b": "quarter",  # 刻
    "\u4eca\u5929": "today",  # 今天
    "\u4eca\u65e5": "today",  # 今日
    "\u4eca\u65e9": "today morning",  # 今早
    "\u4eca\u665a": "today evening",  # 今晚
    "\u660e\u5929": "tomorrow",  # 明天
    "\u660e\u65e5": "tomorrow",  # 明日
    "\u660e\u65e9": "tomorrow morning",  # 明早
    "\u660e\u665a": "tomorrow evening",  # 明晚
    "\u540e\u5929": "in_two_days",  # 后天
    "\u5927\u540e\u5929": "in_three_days",  # 大后天
    "\u540e": "later",  # 后
    "\u4e4b\u540e": "later",  # 之后
    "\u4ee5\u540e": "later",  # 以后
    "\u8fc7\u540e": "later",  # 过后
    "\u672c": "this",  # 本
    "\u8fd9": "this",  # 这
    "\u4e0b": "next",  # 下
    "\u548c": "and",  # 和
    "\u53ca": "and",  # 及
    "\u4e0e": "and",  # 与
}
ENGLISH: Final = {
    "each": "every",
    "other": "2",
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "yearly": "every year",
    "annually": "every year",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "weekday": "wd:0,1,2,3,4",
    "weekdays": "wd:0,1,2,3,4",
    "weekend": "wd:5,6",
    "weekends": "wd:5,6",
    "a": "1",
    "an": "1",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "first": "nth 1",
    "second": "nth 2",
    "third": "nth 3",
    "fourth": "nth 4",
    "fifth": "nth 5",
    "holidays": "holiday",
    "till": "until",
    "to": "until",
    "through": "until",
    "starting": "from",
    "since": "from",
    "noon": "t:12-0",
    "tonight": "today evening",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "hours": "hour",
    "min": "minute",
    "mins": "minute",
    "minutes": "minute",
}
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SHORTER: Final = {"tues": "wd:1", "thur": "wd:3", "thurs": "wd:3", "sept": "mon:9"}
