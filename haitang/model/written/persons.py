"""Names of persons in Chinese text: only where a surname, what given names are made of and a post beside them leave no doubt.

The rule: a post without a name is no person (书记项目, 主任办公室), and a workroom that is called after somebody has its name
from there (王建国书记工作室): neither is told.
"""

import re
from collections.abc import Iterator

_HAN = "\u3400-\u9fff"
SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤倪费俞庄凌殷浦]|欧阳|上官|司马|诸葛"
)
# What given names are made of, without what other words end in as often.
GIVEN = (
    "[伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉萍红玲芬燕彬凤洁梅琳云建国志文斌宇浩凯健俊帆雪荣爱妹香月媛瑞凡佳嘉勤珍莉娣"
    "璐娅琦晶妍茜秋珊莎锦青倩婷婉娴瑾颖瑶怡雁蓓丹蓉君琴薇梦岚婕馨韵聪澜纯悦昭冰茗羽希欣芸菲亚舒思义兴良海仁波宁贵福生龙元全胜学祥"
    "才武新利清飞富顺信子昌成康星光天达安岩茂进林坚彪博诚先敬震振豪邦承乐绍功松善厚庆民友裕哲江亮政谦亨奇翰朗宏若鸣朋梁栋维启克伦"
    "翔旭鹏泽晨辰士致树炎德泰盛雄琛钧冠楠航弘小大正永长根水火土木金银宝巧阿三四五六七]"
)
TITLE = "主任|副主任|书记|副书记|站长|副站长|所长|会长|秘书长|馆长|校长|园长|队长|组长|局长|科长|镇长|村长|网格长"
_CONTACT = "联系人|联络人|负责人|经办人|责任人|填报人|填表人|审核人|网格员|管理员|讲解员|信息员|社工"
_BODY = "[镇区村街道社委会局办站部组室院校馆厅科处股家司团队岗]"  # ends of what is no person
_END = f"(?![{_HAN}])"
_TALKS = f"(?=同志|说|介绍|表示|带领|带着|告诉|牵头|主持|和|与|、|[^{_HAN}]|$)"
_NO_WORK = "(?!的?(?:工作室|办公室|信箱|接待|热线|项目|课堂|书屋|调解))"
_PERSONS = re.compile(
    "|".join(
        (
            # 联系人：王某某; a colon leaves room for any name
            rf"(?:{_CONTACT}|{TITLE})\s*[:：]\s*(?:{SURNAME})(?!{_BODY})[{_HAN}](?:(?!{_BODY})[{_HAN}])?{_END}",
            # 联系人张三, 书记王建国说
            rf"(?:{_CONTACT}|{TITLE})[ \u3000是为（(]?(?:{SURNAME}){GIVEN}{{2}}{_TALKS}",
            rf"(?:{_CONTACT}|{TITLE})[ \u3000是为（(]?(?:{SURNAME}){GIVEN}{_END}",
            # 王建国书记, 找张主任
            rf"(?:(?<![{_HAN}])|(?<=[找请由问及])|(?<=社区)|(?<=村)|(?<=党委)|(?<=支部)|(?<=居委会))"
            rf"(?:{SURNAME}){GIVEN}{{1,2}}(?:{TITLE}){_NO_WORK}{_TALKS}",
            rf"(?:(?<![{_HAN}])|(?<=[找请由问及])|(?<=党委)|(?<=支部)|(?<=居委会)|(?<=村委会))(?![任于何向方武龙江石])(?:{SURNAME})(?:{TITLE}){_TALKS}",
        )
    )
)
_ALONE = re.compile(rf"(?:^|(?<=[\s（(、，,:：]))(?:(?:{SURNAME}){GIVEN}{{2}}|张三|李四|王五|赵六)(?=[）)]?$)")
_HINTED = re.compile(f"{TITLE}|{_CONTACT}")


def names_a_post(text: str) -> bool:
    """Whether a text names any post: found out fast, and nobody is named without."""
    return _HINTED.search(text) is not None


def persons(text: str) -> Iterator[tuple[int, str]]:
    """Where a text names a person by a post, and the words that do."""
    if names_a_post(text):
        for found in _PERSONS.finditer(text):
            yield found.start(), found[0]


def person_alone(text: str) -> str | None:
    """The person that a short text is, or ends with: of fields where an office ought to stand."""
    found = _ALONE.search(text)
    return found[0] if found else None
