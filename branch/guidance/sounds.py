"""How a character sounds, so that a slip of a pinyin keyboard is heard as what was meant."""

import re
from functools import cache

# The level-one characters of GB 2312 stand in the order of their sounds, so that it is enough to
# know how many have each. No library here: the tables of those that know every character take
# more memory than all the rest of the search.
_LEVEL_ONE = (
    "a2ai13an9ang3ao9ba18bai8ban15bang12bao17bei15ben4beng6bi24bian12biao4bie4bin6bing9bo19"
    "bu11ca1cai11can7cang5cao5ce5ceng2cha11chai3chan10chang13chao9che6chen10cheng15chi16"
    "chong5chou12chu16chuai1chuan7chuang6chui5chun7chuo2ci12cong6cou1cu4cuan3cui8cun3cuo6da6"
    "dai12dan15dang5dao12de3deng7di19dian16diao9die7ding9diu1dong10dou8du14duan6dui4dun9duo12"
    "e13en1er8fa8fan17fang11fei12fen15feng15fo1fou1fu45ga2gai6gan11gang9gao10ge17gei1gen2"
    "geng7gong15gou9gu18gua6guai3guan11guang3gui16gun3guo6ha1hai7han19hang3hao9he18hei2hen4"
    "heng5hong9hou7hu18hua9huai5huan14huang14hui21hun6huo10ji53jia17jian40jiang13jiao28jie27"
    "jin20jing25jiong2jiu17ju25juan7jue10jun11ka4kai5kan6kang7kao4ke15ken4keng2kong4kou4ku7"
    "kua5kuai4kuan2kuang8kui11kun4kuo4la7lai3lan15lang7lao9le2lei11leng3li34lia1lian14liang11"
    "liao13lie5lin12ling14liu11long9lou6lu34luan8lun7luo12ma9mai6man9mang6mao12me1mei16men3"
    "meng8mi14mian9miao8mie2min6ming6miu1mo17mou3mu15na7nai5nan3nang1nao5ne1nei2nen1neng1ni11"
    "nian7niang2niao2nie7nin1ning6niu4nong4nu4nuan3nuo4o1ou7pa6pai6pan8pang5pao7pei9pen2"
    "peng14pi17pian4piao4pie2pin5ping9po9pu15qi36qia3qian22qiang8qiao15qie5qin11qing13qiong2"
    "qiu8qu13quan11que8qun2ran4rang5rao3re2ren10reng2ri1rong10rou3ru10ruan2rui3run2ruo2sa3"
    "sai4san4sang3sao4se3sen1seng1sha9shai2shan16shang8shao11she12shen16sheng11shi47shou10"
    "shu33shua2shuai4shuan2shuang3shui4shun4shuo4si16song8sou4su12suan3sui11sun3suo8ta9tai9"
    "tan18tang13tao11te1teng4ti15tian8tiao5tie3ting10tong13tou4tu11tuan2tui6tun3tuo11wa7wai2"
    "wan17wang10wei33wen10weng3wo9wu29xi35xia13xian26xiang20xiao18xie21xin10xing15xiong7xiu9"
    "xu19xuan10xue6xun14ya16yan33yang17yao15ye15yi53yin16ying18yo1yong15you20yu45yuan20yue10"
    "yun12za3zai7zan4zang3zao14ze4zei1zen1zeng4zha14zhai6zhan17zhang15zhao10zhe10zhen16"
    "zheng15zhi43zhong11zhou14zhu26zhua2zhuai1zhuan6zhuang7zhui6zhun2zhuo11zi15zong7zou4zu8"
    "zuan2zui4zun2zuo8"
)
_RUN = re.compile(r"([a-z]+)(\d+)")
_FIRST_ROW, _FIRST_CELL, _CELLS = 0xB0, 0xA1, 94
_SOUNDS = [sound for sound, count in _RUN.findall(_LEVEL_ONE) for _ in range(int(count))]


def syllable_of(character: str) -> str | None:
    """The syllable in pinyin without its tone; None for what is rare or no Chinese character."""
    try:
        row, cell = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    place = (row - _FIRST_ROW) * _CELLS + cell - _FIRST_CELL
    return _SOUNDS[place] if 0 <= place < len(_SOUNDS) else None


@cache
def sound_of(character: str) -> str | None:
    """The syllable as it is confused.

    `zh, ch, sh` sound as `z, c, s`, `l` as `n`, and a closing `ng` as `n`.
    """
    syllable = syllable_of(character)
    if syllable is None:
        return None
    if syllable[0] in "zcs":
        syllable = syllable[0] + syllable[1:].removeprefix("h")
    return syllable.replace("l", "n").removesuffix("g")
