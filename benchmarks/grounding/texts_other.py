"""Texts for the alignment cases in other languages than English, written for this benchmark; all of it is invented."""

from __future__ import annotations

from texts import text

FRENCH = text(
    "fr",
    "fr",
    (
        ("number", "Au moins 27 personnes", "Au moins 72 personnes"),
        ("number", "quelque 1 350 habitants", "quelque 1 530 habitants"),
        ("number", "depuis quinze ans", "depuis quatre ans"),
        ("number", "Près de 18 % des", "Près de 81 % des"),
        ("number", "promet 3,5 millions", "promet 35 millions"),
        ("number", "encore neuf disparus", "encore onze disparus"),
        ("date", "ont été tuées mardi dans", "ont été tuées jeudi dans"),
        ("date", "construit en 1964", "construit en 1946"),
        ("date", "date du 12 mars 2021", "date du 12 mai 2021"),
        ("name", "Hélène Duvivier, qui", "Hélène Garnier, qui"),
        ("name", "immeuble à Valmorel", "immeuble à Clermont"),
        ("slip in a name", "Étienne Garnier, quelque", "Étienne Granier, quelque"),
        ("negation", "n’avait pas été rénové", "avait été rénové"),
        ("negation", "entendu aucun avertissement", "entendu un avertissement"),
        ("negation", "n’a pas encore ouvert", "a ouvert"),
        ("hedge", "aurait ignoré deux", "a ignoré deux"),
        ("comparator", "Au moins 27", "Au plus 27"),
    ),
)

GERMAN = text(
    "de",
    "de",
    (
        ("number", "mindestens 14 Menschen", "mindestens 41 Menschen"),
        ("number", "Rund 2.300 Anwohner", "Rund 3.200 Anwohner"),
        ("number", "von mehr als 40 Störungen", "von mehr als 14 Störungen"),
        ("number", "von 5,5 Millionen", "von 55 Millionen"),
        ("number", "gegen zwei Ingenieure", "gegen drei Ingenieure"),
        ("number", "Etwa 12 Prozent der", "Etwa 21 Prozent der"),
        ("date", "sind am Montag mindestens", "sind am Dienstag mindestens"),
        ("date", "im Oktober 2018 überprüft", "im Oktober 2013 überprüft"),
        ("unit", "vor drei Wochen eingebaut", "vor drei Monaten eingebaut"),
        ("name", "Thomas Ahrens am Abend", "Thomas Lorenz am Abend"),
        ("name", "Katrin Sommerfeld sagte", "Katrin Winterfeld sagte"),
        ("slip in a name", "in Neuenrode sind", "in Neuenorde sind"),
        ("negation", "Wir haben keine Hinweise", "Wir haben Hinweise"),
        ("negation", "Warnungen nicht ernst", "Warnungen ernst"),
        ("negation", "Niemand wird im Stich", "Jeder wird im Stich"),
        ("hedge", "ist möglicherweise ein", "ist ein"),
        ("comparator", "von mehr als 40", "von weniger als 40"),
    ),
)

TURKISH = text(
    "tr",
    "tr",
    (
        ("number", "en az 19 kişi", "en az 91 kişi"),
        ("number", "yaşayan 1.750 kişi", "yaşayan 1.570 kişi"),
        ("number", "yaklaşık 40 milyon", "yaklaşık 14 milyon"),
        ("number", "Savcılık iki işletme", "Savcılık üç işletme"),
        ("number", "yangında 7 kişi ölmüş", "yangında 17 kişi ölmüş"),
        ("date", "mahallesinde salı günü", "mahallesinde cuma günü"),
        ("date", "Ilıca, 2016 yılında", "Ilıca, 2019 yılında"),
        ("name", "Vali Işıl Yıldırım,", "Vali Işıl Karaca,"),
        ("name", "Başkanı İbrahim Gökçe,", "Başkanı İbrahim Yıldız,"),
        ("slip in a name", "Vali Işıl Yıldırım, “Yangının", "Vali Işıl Yıdlırım, “Yangının"),
        ("negation", "dair bir kanıt yok", "dair bir kanıt var"),
        ("negation", "dikkate almadığını savunuyor", "dikkate aldığını savunuyor"),
        ("hedge", "rüzgâr muhtemelen perşembe", "rüzgâr perşembe"),
        ("comparator", "en az 19", "en çok 19"),
    ),
)

RUSSIAN = text(
    "ru",
    "ru",
    (
        ("number", "не менее 23 человек", "не менее 32 человек"),
        ("number", "Ещё 48 пострадавших", "Ещё 84 пострадавших"),
        ("number", "Жители трёх соседних", "Жители пяти соседних"),
        ("number", "семье 600 тысяч", "семье 500 тысяч"),
        ("number", "погибли 5 рабочих", "погибли 6 рабочих"),
        ("date", "Заречинск во вторник погибли", "Заречинск в среду погибли"),
        ("date", "в ноябре 2011 года", "в ноябре 2012 года"),
        ("date", "с 2017 года", "с 2007 года"),
        ("name", "губернатор Андрей Лосев", "губернатор Андрей Громов"),
        ("name", "службы Вера Климова", "службы Анна Климова"),
        ("slip in a name", "директор Павел Громов", "директор Павел Горомов"),
        ("negation", "Мы не знаем, что", "Мы знаем, что"),
        ("negation", "сотрудников не получал", "сотрудников получал"),
        ("negation", "никто из сотрудников", "кто-то из сотрудников"),
        ("hedge", "с 2017 года. Предположительно, причиной взрыва", "с 2017 года. Причиной взрыва"),
        ("comparator", "не менее 23", "не более 23"),
    ),
)

ARABIC = text(
    "ar",
    "ar",
    (
        ("number", "يقل عن 31 شخصًا", "يقل عن 13 شخصًا"),
        ("number", "استقبل 87 جريحًا", "استقبل 78 جريحًا"),
        ("number", "بينهم تسعة أطفال", "بينهم سبعة أطفال"),
        ("number", "وغادرت 1204 عائلات", "وغادرت 1240 عائلات"),
        ("number", "نحو 12 في المئة", "نحو 21 في المئة"),
        ("date", "شخصًا يوم الثلاثاء في", "شخصًا يوم الجمعة في"),
        ("date", "14 سبتمبر 2019", "15 سبتمبر 2019"),
        ("name", "الطبيب سامر الحلبي", "الطبيب سامر الخطيب"),
        ("name", "سوق مدينة قصرة", "سوق مدينة لورين"),
        ("slip in a name", "العميد أنور الخطيب", "العميد أنور الخيطب"),
        ("negation", "وأضاف: «لم نتلق أي مساعدة", "وأضاف: «نتلق أي مساعدة"),
        ("negation", "القوات لم تعمل فوق", "القوات تعمل فوق"),
        ("hedge", "وربما تكون صواريخ", "وتكون صواريخ"),
    ),
)

HEBREW = text(
    "he",
    "he",
    (
        ("number", "לפחות 18 בני אדם", "לפחות 81 בני אדם"),
        ("number", "52 פצועים פונו", "25 פצועים פונו"),
        ("number", "כ-1,450 תושבים פונו", "כ-1,540 תושבים פונו"),
        ("date", "ביום שלישי בפיצוץ", "ביום שישי בפיצוץ"),
        ("date", "נבדק מאז 2016", "נבדק מאז 2006"),
        ("name", "המשטרה יואב ברק", "המשטרה יואב שגיא"),
        ("slip in a name", "העובדת מיכל שגיא", "העובדת מיכל שיגא"),
        ("negation", "המפעל לא נבדק", "המפעל נבדק"),
        ("negation", "לבתי החולים. ״לא קיבלנו שום", "לבתי החולים. ״קיבלנו שום"),
        ("hedge", "את הטענות. ייתכן שהפיצוץ נגרם", "את הטענות. הפיצוץ נגרם"),
    ),
)

CHINESE = text(
    "zh",
    "zh",
    (
        ("number", "至少34人死亡", "至少43人死亡"),
        ("number", "120多人受伤", "210多人受伤"),
        ("number", "1204个家庭", "1240个家庭"),
        ("number", "百分之十二", "百分之二十"),
        ("number", "三十名士兵在", "十名士兵在"),
        ("date", "自2019年9月14日以来", "自2019年9月15日以来"),
        ("date", "将于周四向议会", "将于周五向议会"),
        ("date", "在二月的伏击", "在三月的伏击"),
        ("name", "负责人马文辉说", "负责人李文辉说"),
        ("name", "发言人安东说", "发言人彼得说"),
        ("negation", "我们没有收到任何", "我们收到任何"),
        ("negation", "周二没有在卡斯拉", "周二在卡斯拉"),
        ("negation", "国防部否认其飞机", "国防部承认其飞机"),
        ("hedge", "火箭弹可能来自", "火箭弹来自"),
        ("comparator", "至少34人", "至多34人"),
    ),
)

JAPANESE = text(
    "ja",
    "ja",
    (
        ("number", "少なくとも34人が", "少なくとも43人が"),
        ("number", "120人以上が負傷", "210人以上が負傷"),
        ("number", "1,204世帯が", "1,240世帯が"),
        ("number", "人口の約12%に", "人口の約21%に"),
        ("number", "三十人の兵士が", "十人の兵士が"),
        ("date", "カスラで火曜日、魚市場", "カスラで金曜日、魚市場"),
        ("date", "木曜日に議会で", "水曜日に議会で"),
        ("date", "2月の待ち伏せ", "3月の待ち伏せ"),
        ("name", "ライラ・マルーフ氏は", "ライラ・ハダド氏は"),
        ("slip in a name", "アントン・ヴェレスキ准将", "アントン・ヴェレキス准将"),
        ("negation", "作戦を行わなかったと", "作戦を行ったと"),
        ("negation", "支援も受けていない", "支援も受けている"),
        ("hedge", "発射された可能性があるという", "発射されたという"),
        ("comparator", "少なくとも34人", "多くとも34人"),
    ),
)

OTHERS = (FRENCH, GERMAN, TURKISH, RUSSIAN, ARABIC, HEBREW, CHINESE, JAPANESE)
