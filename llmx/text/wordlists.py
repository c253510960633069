"""Word lists of the aligner: words that may not be touched.

Folded forms (see `fold`). The lists of negations, hedges, comparators, months, weekdays, units and number words are
joined over all languages: what they hold is only ever *refused*, so a word too many costs little. Written for llmx;
function words are closed classes that every grammar lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_FOLDED = str.maketrans({"ı": "i", "ς": "σ", "ß": "ss"})


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.translate(_FOLDED).split())


def _stems(listed: str) -> tuple[str, ...]:
    return tuple(listed.translate(_FOLDED).split())


PERCENT = _words(
    """
    % percent pct prozent procent procenta procentu procentów procento prosent prosenttia persen százalék százaléka
    yuzde yüzde процент процента процентов процентами процентам проц відсоток відсотка відсотків відсотками
    אחוז אחוזים प्रतिशत फीसदी درصد المئة المائة بالمئة بالمائة パーセント 퍼센트
    """
)
"""Words for per cent, all read as `%`; `per cent` and `pour cent` are found as two words."""

PERCENT_PHRASES = ("phần trăm", "τοισ εκατό", "la sută", "퍼센트")
"""Words for per cent that are two, or are written at the next one."""

NEGATIONS = _words(
    """
    not no never none nobody nothing nowhere neither nor without cannot can't won't don't n't hardly scarcely barely
    unable fail fails failed failing refuse refuses refused refusing deny denies denied denying lack lacks
    lacked lacking
    reject rejects rejected rejecting
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder noch ohne kaum
    ne n' pas jamais aucun aucune rien personne sans non ni guere guère
    nunca nadie nada sin tampoco ningun ningún ninguna ninguno jamas jamás
    nao não nem nenhum nenhuma sem ninguem ninguém nunca
    mai nessun nessuno nessuna niente nulla senza né
    niet geen nooit niemand niets zonder noch
    degil değil yok hic hiç hayir hayır asla
    не ни нет никогда никто ничего без нельзя отказался отрицает опроверг
    inte aldrig ingen inget inga utan nie nikt nic żaden bez brak
    لا لم لن ليس ليست ما غير دون بدون لست ليسوا نفى
    לא אין אל בלי אינו אינה אינם מעולם שום
    不 没 沒 无 無 非 未 否 勿 莫 别 別 ない ません ぬ ず
    안 못 않 없
    отказалась отказались отказала отказали отказаться отрицал отрицала отрицают опровергла опровергли нету
    никакой никак
    ні ніколи ніхто нічого жоден жодної немає відмовився відмовилася відмовились заперечує заперечив заперечила
    спростував
    odmówił odmówiła zaprzeczył zaprzeczyła żadnej není ne nikdo žádný nu niciodată nimeni nimic fără
    nem soha senki semmi nélkül ei eivät emme älä koskaan ikke ingen aldri aldrig intet uden uten
    δεν δε μη μην ποτέ κανείς κανένας καμία κανένα τίποτα χωρίς ούτε όχι αρνήθηκε αρνείται
    नहीं न ना मत कभी बिना इनकार نه هرگز هیچ بدون نیست نبود نشد رفض رفضت رفضوا نفت ينفي كلا لما
    không chưa chẳng chả đừng tidak bukan belum tanpa jangan tak
    """
)
"""Words that negate."""

NEGATES_ONLY_IN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "mai": _words("it"),
        "noch": _words("nl"),
        "nu": _words("ro"),
        "tak": _words("id"),
        "ei": _words("fi"),
        "sin": _words("es"),
        "sem": _words("pt"),
        "ne": _words("fr cs hu"),
        "ni": _words("es fr"),
        "nie": _words("de pl"),
        "non": _words("fr it"),
    }
)
"""Words of `NEGATIONS` that are other words elsewhere, with the languages in which they negate."""

HEDGES = _words(
    """
    may might could would should can must will shall perhaps maybe possibly possible probably probable likely unlikely
    reportedly allegedly alleged apparently apparent seemingly supposedly purportedly purported presumably potentially
    potential suspected claimed believed thought rumored rumoured unconfirmed appear appears appeared seem seems seemed
    suggest suggests suggested if whether unless expected planned attempted tried would-be so-called
    könnte konnte könnten konnten würde wurde würden wurden sollte sollten soll sollen dürfte dürften möglicherweise
    vielleicht wahrscheinlich angeblich mutmaßlich mutmasslich vermutlich offenbar wohl wenn falls ob
    peut-etre peut-être peut pourrait pourraient serait seraient aurait auraient probablement apparemment présumé si
    podria podría podrían podrian habría habria sería seria quizas quizás tal probablemente supuestamente
    supuesto presunto
    aparentemente posiblemente
    potrebbe potrebbero forse sarebbe sarebbero avrebbe probabilmente presunto presunta se
    poderia poderiam talvez teria seria provavelmente supostamente alegadamente
    misschien waarschijnlijk vermoedelijk naar zou zouden kan kunnen mogelijk als
    belki muhtemelen iddia olabilir sözde eğer
    возможно вероятно якобы может могут мог могли бы если предположительно по-видимому
    kanske troligen möjligen kunde skulle może prawdopodobnie rzekomo podobno jeśli
    ربما قد يمكن يحتمل يزعم محتمل إذا اذا لو يبدو
    אולי ייתכן כנראה לכאורה אם עשוי עלול
    可能 或许 或許 也许 也許 据称 據稱 疑似 かもしれない らしい ようだ
    нібито може можуть можливо ймовірно начебто якщо ίσως φέρεται φέρονται πιθανώς πιθανόν μπορεί ενδέχεται αν εάν
    možná údajně prý pravděpodobně poate probabil talán állítólag शायद कथित संभवतः अगर
    شاید ظاهرا ممکن احتمالا گویا اگر mungkin diduga dikabarkan jika thể lẽ
    """
)
"""Words that lower commitment, and words that make a condition."""

COMPARATORS = _words(
    """
    more less fewer over under above below least most up than almost nearly about around roughly approximately
    some exactly
    only minimum maximum max min until between beyond plus minus under-reported upto least atleast close
    mehr weniger als über uber unter mindestens höchstens etwa rund fast knapp circa ca ungefähr bis zwischen
    plus moins environ presque près pres jusqu' jusqu'a jusqu'à entre minimum
    mas más menos casi cerca unos aproximadamente alrededor hasta entre
    più piu meno quasi circa oltre fino almeno
    mais menos quase cerca pelo até
    meer minder dan ongeveer bijna ruim minstens tot tussen
    fazla az yaklaşık yaklasik yakın en neredeyse kadar
    более менее больше меньше около почти свыше до минимум примерно
    mer mindre nästan cirka minst drygt ponad około prawie najmniej
    أكثر اكثر أقل اقل نحو حوالي تقريبا ما لا يقل
    יותר פחות לפחות כ כמעט עד
    至少 超过 超過 约 約 近 以上 以下 未满 少なくとも およそ
    понад щонайменше щонайбільше близько майже менш більш менше більше
    przynajmniej najwyżej niespełna więcej mniej blisko nejméně nejvýše přibližně více méně
    τουλάχιστον περίπου περισσότερους περισσότερα λιγότερους λιγότερα σχεδόν πάνω κάτω έως
    लगभग करीब कम अधिक ज्यादा بیش حداقل حداکثر حدود نزدیک 최소 최대 약 이상 이하 미만
    hơn nhất khoảng gần dưới trên lebih kurang sekitar hampir paling
    """
)
"""Words that turn a number into a bound or an estimate."""

CALENDAR = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept
    oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    yesterday today tomorrow tonight
    januar jänner februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag
    samstag sonnabend
    sonntag gestern heute morgen
    janvier fevrier février mars avril juin juillet aout août septembre octobre novembre decembre décembre
    lundi mardi mercredi
    jeudi vendredi samedi dimanche hier aujourd'hui demain
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes
    martes miercoles
    miércoles jueves viernes sabado sábado domingo ayer hoy mañana
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedi lunedì martedi martedì
    mercoledi mercoledì
    giovedi giovedì venerdi venerdì sabato domenica ieri oggi domani
    janeiro fevereiro março maio junho julho setembro outubro dezembro segunda terça quarta quinta sexta ontem
    hoje amanhã
    januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag
    ocak şubat mart nisan mayis mayıs haziran temmuz ağustos eylül ekim kasim kasım aralik aralık pazartesi
    sali salı çarşamba
    perşembe cuma cumartesi pazar dün bugün yarin yarın
    يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان
    أيار حزيران تموز آب
    أيلول تشرين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد أمس اليوم غدا
    ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר ראשון שני שלישי רביעי חמישי שישי
    שבת אתמול היום מחר
    styczeń stycznia luty lutego marzec marca kwiecień kwietnia maj maja czerwiec czerwca lipiec lipca sierpień sierpnia
    września października listopada grudnia poniedziałek wtorek środa czwartek piątek sobota niedziela
    poniedziałku wtorku środę środy czwartku piątku sobotę soboty niedzielę niedzieli wczoraj dzisiaj jutro
    ledna února března dubna května června července srpna září října listopadu prosince pondělí úterý středu čtvrtek
    pátek sobotu neděli včera dnes zítra ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie
    decembrie luni marți miercuri joi vineri sâmbătă duminică ieri azi mâine
    hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap január február március április május június július
    måndag tisdag onsdag torsdag lördag söndag mandag tirsdag lørdag søndag marts mars desember augusti
    senin selasa rabu kamis jumat sabtu minggu kemarin thứ tháng
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर
    नवंबर दिसंबर आज شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان
    آذر دی بهمن اسفند دیروز امروز فردا
    """
)
"""Months, weekdays and days told from today."""

CALENDAR_STEMS = _stems(
    """
    январ феврал март апрел мая май июн июл август сентябр октябр ноябр декабр понедельник вторник сред
    четверг пятниц суббот воскресен вчера сегодня завтра
    січен січн лютн лютого березн березен квітен квітн травен травн червен червн липен липн серпен серпн вересен вересн
    жовтен жовтн листопад груден грудн понеділ вівтор четвер п'ятниц субот неділ вчора сьогодні завтра
    ιανουάρ ιανουαρ φεβρουάρ φεβρουαρ μάρτι μαρτίο απρίλ απριλ μάιο μαΐο ιούνι ιουνί ιούλι ιουλί αύγουσ αυγούσ σεπτέμ
    σεπτεμ οκτώβ οκτωβ νοέμβ νοεμβ δεκέμ δεκεμ δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    월요일 화요일 수요일 목요일 금요일 토요일 일요일 어제 오늘 내일
    """
)
"""Beginnings of inflected months and weekdays."""

UNITS = _words(
    """
    km kms kg kgs m cm mm g mg t lb lbs oz ft mi mph kph kw mw gw kwh mwh bn mn tn k gb mb tb hz am pm
    kilometer kilometers kilometre kilometres meter meters metre metres mile miles foot feet inch inches yard
    yards acre acres
    hectare hectares ton tons tonne tonnes kilogram kilograms kilo kilos gram grams pound pounds litre litres
    liter liters
    gallon gallons barrel barrels degree degrees celsius fahrenheit dollar dollars euro euros cent cents pence
    rouble roubles
    ruble rubles lira liras yuan yen rupee rupees riyal riyals dinar dinars shekel shekels peso pesos
    second seconds minute minutes hour hours day days night nights week weeks month months year years decade
    decades century
    centuries stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren minuten
    heure heures jour jours semaine semaines mois an ans année annee années annees tonnes milles
    hora horas dia día dias días semana semanas mes meses año años kilómetros kilometros millas toneladas
    ora ore giorno giorni settimana settimane mese mesi anno anni chilometri tonnellate
    saat gün hafta ay yıl yil dakika ton lirası
    час часа часов день дня дней неделя недели недель месяц месяца месяцев год года лет километр километров
    тонн рублей долларов
    usd eur gbp rub % $ € £ ¥ ₺ ₽ ₪ ₹ °
    公里 米 吨 噸 年 月 日 天 周 小时 元 美元
    χλμ χιλιόμετρα μέτρα δολάρια ημέρες ώρες εβδομάδες μήνες χρόνια гривень гривні км м кг днів годин тижнів років
    किमी किलोमीटर मीटर रुपये کیلومتر متر دلار یورو تومان كيلومتر كيلومترات متر أمتار دولار يورو ساعة ساعات أيام
    שקל דולר אירו ימים שעות שבועות złotych zł godzin dni tygodni lat giờ tuần đô
    キロ メートル ドル 円 원 달러 킬로미터 미터
    """
)
"""Measures, money and lengths of time."""

NUMBER_WORDS = _words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion
    billions trillion dozen dozens score scores half quarter third thirds fourth fifth sixth seventh eighth
    ninth tenth first
    second twice once thrice both couple pair several many few single double triple handful majority minority
    null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreissig dreißig vierzig
    fünfzig sechzig siebzig
    achtzig neunzig hundert hunderte tausend tausende million millionen milliarde milliarden dutzend dutzende
    beide halb erste
    zweite dritte einige mehrere viele
    deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante
    cent mille milliers million millions milliard milliards dizaine dizaines douzaine centaine centaines
    premier première
    deuxième plusieurs quelques moitié tiers
    dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
    dieciocho veinte treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millon millones
    docena docenas decenas
    doscientos trescientos quinientos primero segundo tercero varios mitad
    due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta sessanta
    settanta ottanta novanta
    cento centinaia mila migliaia milione milioni miliardo miliardi dozzina decine primo secondo metà alcuni
    dois duas três quatro seis sete oito nove dez onze doze vinte trinta quarenta sessenta setenta oitenta cem
    centenas milhar
    milhares milhão milhões bilhão bilhões dúzia dezenas vários metade
    twee drie vier vijf zes zeven acht negen tien twaalf twintig dertig veertig vijftig zestig zeventig
    tachtig negentig honderd
    duizend miljoen miljard tientallen honderden duizenden
    iki üç dört beş altı alti yedi sekiz dokuz yirmi otuz kırk kirk elli altmış altmis yetmiş seksen doksan
    yüz milyon milyar
    onlarca yüzlerce binlerce birkaç yarısı
    два две три пять шесть семь восемь
    jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc tysiące tysięcy milion miliona milionów
    miliard miliarda miliardów dwie troje två tre fyra sju åtta nio tolv hundra tusen miljon miljoner
    ένασ μία ένα δύο τρεισ τρία τέσσερισ τέσσερα πέντε έξι επτά οκτώ εννέα δέκα είκοσι τριάντα σαράντα πενήντα
    एक दो तीन चार पाँच पांच छह सात आठ नौ दस सौ हज़ार लाख करोड़ یک دو سه چهار پنج شش هفت هشت ده صد هزار میلیون میلیارد
    واحد اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية تسعة تسع عشرة عشر مئة ألف آلاف مليون ملايين
    مليار
    שני שתי שלושה שלוש ארבעה ארבע חמישה חמש שישה שש שבעה שבע שמונה תשעה תשע עשרה עשר עשרים שלושים אלף אלפים מיליון
    một hai bốn sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ
    """
)
"""Number words, collectives and ordinals."""

NUMBER_STEMS = _stems(
    """
    один одна одно двух двум двое двад двест двен дюжин трёх трех трид трист трина трое четыр сорок пятер
    пятна пятьд пятьс пяти шест семи семь восьм восем девят девян десят сотн сотен сто тысяч миллион миллиард
    полтор половин dieci vent trent quarant cinquant sessant settant ottant novant
    двох двом двоє трьох чотир п'ят шіст сьом вісім дев'ят мільйон мільярд тисяч εκατομμ δισεκατομμ χιλιάδ εκατό δεκάδ
    """
)
"""Beginnings of inflected number words."""

DEMONYM_STEMS = _stems(
    """
    iran irak iraq syri sirie sirio siria rus turk türk turc turq turco israel palest palaest libye liban
    libio saud jord jemen yemen ägypt egypt egip kurd afghan afgan pakist ukrain ucran weissruss biélor amerik
    améric americ europ europ britisch britann deutsch allemand aleman tedesc alem franz franç frances brit
    angl ingl span espagn españ ital polnisch polon griech grec arab armen aserb azerb georg chines chinois
    chino japan japon indi kanad canad austr öster autrich belg росс русс сири сирий турец турк иран ирак
    израил палест украин америк европ британ француз немец герман кита япон арм азерб груз австр белор поль
    польск ливан ливий саудов египет йемен афган пакист курд москов
    """
)
"""Beginnings of adjectives made from names, which some languages write small."""

CASE_SENSITIVE = _words("us it who is may march un turkey polish august china aid")
"""Words that are a name in capitals and something else without."""

PARTICIPLES = _words(
    "shot hit hurt held struck sent met left lost put set cut told built found brought caught sold led "
    "said made paid won"
    " killed seen taken given known shown thrown blown"
)
"""English participles that a form of `be` turns into a passive."""

SUFFIXES = _words(
    """
    s ll ve re d m da de ta te dan den tan ten nın nin nun nün ın in un ün ya ye yı yi yu yü
    nda nde ndan nden daki deki taki teki lı li lu lü yla yle lar ler ki ca ce ı i u ü
    """
)
"""What may follow an apostrophe and be cut off there: English and Turkish endings."""

CLITICS = _words(
    """
    l d j m t s c n qu jusqu lorsqu puisqu dell all nell sull dall un gl quell
    """
)
"""What may stand before an apostrophe and be cut off there: French and Italian articles."""

GLUED_UNITS = _words(
    """
    km kg cm mm m g mg t k bn mn tn mph kph kw mw gw kwh gb mb tb lb lbs oz ft am pm
    """
)
"""Units written at the number without a space."""

KOREAN_PARTICLES = _words(
    """
    은 는 이 가 을 를 에 의 로 으로 와 과 도 만 에서 에게 까지 부터 보다 처럼 이나 라고 이라고
    """
)
"""Korean particles, which are written at the noun."""

FORMS_OF_BE = _words(
    """
    was were is are be been
    """
)
"""English forms of `be`, which make a passive."""

NAME_LINKS = _words(
    """
    by from and von vom durch par por da dal dalla dallo door av od от від
    """
)
"""Words that may not be dropped before a name."""

MAGNITUDES = frozenset(("k", "m", "mn", "bn", "t", "tn"))
"""Glued units that multiply their number, so that it may not be cut off: `$3m`."""

MULTIPLIERS = _words(
    """
    hundred thousand million billion trillion dozen mn bn tn mln mld mrd mio milliard
    hundert tausend millionen milliarde milliarden billion billionen
    mille millions milliards mil millón millones milhão milhões bilhão bilhões mila milione milioni miliardo miliardi
    duizend miljoen miljard bin yüz milyon milyar trilyon tusen miljon miljoner miljarder millioner milliarder
    tys tysiąc tysiące tysięcy tisíc tisíce milionu mii milioane miliarde ezer millió milliárd ribu juta miliar
    nghìn ngàn triệu tỷ тыс млн млрд χιλιάδεσ ألف آلاف الف مليون ملايين مليار مليارات אלף אלפים מיליון מיליארד
    هزار میلیون میلیارد हज़ार लाख करोड़ अरब
    """
)
"""Words that multiply the number before them, so that it may not be cut off from them: `2.4 million`."""

MULTIPLIER_STEMS = _stems(
    "тысяч тисяч миллион мільйон миллиард мільярд триллион milion miliard εκατομμύρι δισεκατομμύρι"
)
"""Beginnings of inflected multipliers."""

MULTIPLIER_SIGNS = frozenset("十百千万萬亿億兆만억천조")
"""Signs that multiply the number they are written at."""
