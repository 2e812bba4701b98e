"""Sentences and texts in their languages; Kurdish words without their endings."""

from __future__ import annotations

from pathlib import Path

import pytest

import gazetteer
import mapper
from mapper.errors import NothingToDrawError
from mapper.extraction import extract, kurdish, languages, sentences
from mapper.pipeline import make_map

TEXTS = {
    "en": "A car bomb exploded in Hilla on Friday and killed three people, police said.",
    "ar": "قتل ثلاثة أشخاص بانفجار سيارة مفخخة في مدينة الحلة يوم الجمعة، بحسب الشرطة.",
    "ckb": "سێ کەس لە تەقینەوەی ئۆتۆمبێلێکی بۆمبڕێژکراودا لە شاری کەرکوک کوژران.",
    "kmr": "Sê kes li bajarê Kerkûkê di teqîna trimbêleke bombekirî de hatin kuştin.",
    "ru": "В результате взрыва автомобиля в Мосуле погибли три человека, сообщила полиция.",
    "tr": "Irak'ın Musul kentinde bombalı araç ile düzenlenen saldırı sonucu üç kişi öldü ve bu "
    "olay için çok sayıda kişi daha sonra gözaltına alındı, bir de yaralı var.",
    "fa": "در انفجار یک خودروی بمب گذاری شده در شهر موصل که سه نفر از مردم کشته شدند، این حمله را "
    "داعش بر عهده گرفته است و از آن به بعد امنیت برای شهر برقرار شد.",
    "zh": "伊拉克摩苏尔市周五发生汽车炸弹爆炸事件，造成三人死亡，"
    "另有十人受伤，警方表示正在调查此事。",
    "fr": "Une voiture piégée a explosé dans la ville de Mossoul et les secours ont compté trois "
    "morts et des blessés, selon la police qui est sur place pour une enquête.",
    "nl": "Een autobom is vrijdag ontploft op een markt in Mosul, waarbij drie mensen om het leven "
    "kwamen, meldt de politie van de stad.",
    "pt": "Um carro-bomba explodiu na sexta-feira em um mercado de Mossul, matando três pessoas, "
    "segundo a polícia, que não deu mais dados do ataque.",
    "pl": "W piątek na targu w Mosulu wybuchł samochód pułapka, zginęły trzy osoby, a siedem "
    "z nich trafiło do szpitala po tym, jak nie udało się pomóc.",
    "id": "Sebuah bom meledak pada hari Jumat di pasar di Mosul dan menewaskan tiga orang, kata "
    "polisi yang tidak memberi keterangan dari tempat itu.",
    "az": "Cümə günü Mosulda bazarda bomba partlayıb və üç nəfər ölüb, bir nəfər isə yaralanıb, "
    "bu barədə polis məlumat verib, hadisə üçün də araşdırma olub.",
    "und": "Egy bomba robbant pénteken egy piacon Moszul városában, három ember meghalt, közölte "
    "hétfőn rendőrség, amely vizsgálatot indított, több embert kihallgattak, városban fokozott "
    "készültség van, mentők érkeztek helyszínre, sérülteket kórházba szállították, többen "
    "súlyosan megsebesültek, közölték hivatalosan szombat reggel illetékes szervek.",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text(language: str) -> None:
    assert languages.of_text(TEXTS[language]) == language
    assert languages.name(language)
    if language in languages.READ:
        assert languages.of_sentence(TEXTS[language]) == language


SHORT = {
    "tr": [
        "Musul'da bombalı saldırı: üç ölü",
        "Irak'ın Musul kentinde dün bomba yüklü bir araç patladı. "
        "Patlamada üç kişi hayatını kaybetti. "
        "Yaralılar hastaneye kaldırıldı. Güvenlik güçleri bölgeyi kapattı.",
        "Kerkük'te düzenlenen saldırıda iki asker şehit oldu, beş asker yaralandı.",
        "Saldırıyı terör örgütü üstlendi.",
        "Bağdat yönetimi olayla ilgili soruşturma başlattığını açıkladı.",
    ],
    "fr": [
        "Une voiture piégée a explosé vendredi à Mossoul, faisant trois morts, selon la police.",
        "Trois soldats irakiens ont été tués dans une attaque près de Kirkouk.",
        "Au moins dix personnes sont mortes dans un attentat à Bagdad.",
        "L'armée irakienne a annoncé la mort de cinq jihadistes.",
        "Les forces de sécurité ont arrêté deux suspects à Bassora.",
    ],
    "fa": [
        "انفجار بمب در موصل سه کشته بر جای گذاشت.",
        "در انفجار خودروی بمب\u200cگذاری شده در موصل سه نفر کشته شدند.",
        "دست کم پنج نفر در حمله به یک بازار در بغداد کشته و ده نفر زخمی شدند.",
        "نیروهای امنیتی عراق دو عضو داعش را در کرکوک بازداشت کردند.",
        "پلیس عراق می\u200cگوید سه تن جان باختند",
    ],
    "de": [
        "Bei einem Autobombenanschlag in Mossul sind am Freitag drei Menschen getötet worden.",
        "Die Polizei teilte mit, dass drei Menschen bei der Explosion starben.",
    ],
    "es": [
        "Un coche bomba explotó el viernes en Mosul y mató a tres personas, según la policía.",
        "Al menos tres muertos en un atentado en Bagdad.",
    ],
    "it": [
        "Un'autobomba è esplosa venerdì a Mosul, uccidendo tre persone, secondo la polizia.",
        "Almeno tre morti in un attentato a Baghdad.",
    ],
    "nl": [
        "Bij een aanslag met een autobom in Mosul zijn vrijdag drie mensen omgekomen.",
    ],
    "pt": [
        "Três pessoas morreram na explosão de um carro-bomba em Mossul, segundo a polícia.",
    ],
    "pl": [
        "W wybuchu samochodu pułapki w Mosulu zginęły trzy osoby.",
    ],
    "id": [
        "Sebuah bom mobil meledak di Mosul dan menewaskan tiga orang, kata polisi.",
    ],
    "az": [
        "Mosulda partlayış nəticəsində üç nəfər həlak olub.",
    ],
    "ur": [
        "موصل میں کار بم دھماکے میں تین افراد ہلاک ہو گئے۔",
        "عراق کے شہر موصل میں دھماکہ ہوا ہے جس میں تین افراد ہلاک ہوئے",
    ],
    "en": [
        "Mosul: 3 dead",
        "Gunmen kill Al Qaeda leader in Anbar",
        "Car bomb kills nine",
        "Two killed in Dahuk, Zaxo",
        "Bomb in Tuz Khurmatu",
        "Türkmeneli TV reports attack in Kirkuk",
        "Sinjar (Şengal): two YBŞ fighters killed by Turkish drone in Khanasor",
        "The French newspaper Le Monde and the agency of Erdoğan in Ankara said so.",
        "UN envoy Jan Kubiš and Nickolay Mladenov met in Erbil.",
        "Mullah Krekar arrested",
        "General Qasem Soleimani killed",
        "François Hollande visits Iraq",
        "Iraqi PM Haider al-Abadi meets Recep Tayyip Erdoğan",
        "Two killed by Turkish drone in Dêrelûk",
        "Die Welt reporter killed in Mosul",
    ],
    "kmr": [
        "Li Kerkûkê sê kes hatin kuştin.",
        "Balafirên Tirkiyeyê gundên Amêdiyê bombebaran kirin.",
        "Du leşker li Şengalê hatin kuştin û yek birîndar bû.",
        "Artêşa Tirk êrîşî Zapê kir",
        "Teqîn li Hewlêrê",
        "Çar çekdarên DAIŞê li Mûsilê hatin girtin.",
    ],
    "ar": [
        "انفجار في الموصل",
        "مقتل ثلاثة جنود",
        "قصف تركي على قرى دهوك",
        "الحشد الشعبي: مقتل داعشي بديالى",
        "اعتقال قيادي بارز",
        "استشهاد منتسب بالشرطة وإصابة اثنين",
        "گاڤان وپيشمرگة وچمچمال في خبر",
        "العثور على جثة قرب پنجوين",
    ],
    "ckb": [
        "سێ کەس کوژران لە کەرکوک",
        "تەقینەوەیەک لە هەولێر",
        "دوو سەرباز بریندار بوون",
        "هێرشی درۆن بۆ سەر چەمچەماڵ",
        "فڕۆکەیەکی تورکیا بۆردومانی گوندێکی کرد",
    ],
}


@pytest.mark.parametrize("language", SHORT)
def test_the_language_of_a_sentence_or_two(language: str) -> None:
    for text in SHORT[language]:
        assert languages.of_text(text) == language, text


def test_a_few_foreign_words_make_no_text_foreign() -> None:
    for text in (
        "", "12", "Mosul", "Mosul: 3 dead", "Nothing more is known. " * 20,
        "He met no van to go on. " * 20, f"{TEXTS['en']} {TEXTS['tr'][:40]}",
        f"{TEXTS['en'] * 3} {TEXTS['ru']}", f"{TEXTS['ar'] * 3} {TEXTS['fa']}",
    ):  # fmt: skip
        assert languages.of_text(text) in languages.READ


def test_sentences_of_a_mixed_page_are_read_in_their_own_languages() -> None:
    frame = extract("\n\n".join(TEXTS[name] for name in ("en", "ar", "ckb")), gazetteer.load())
    assert frame["killed"].tolist()[0] == 3
    assert {"Hilla", "شاری کەرکوک"} & set(frame["place"]) and len(frame) >= 2
    document = sentences.read("\n\n".join(TEXTS[name] for name in languages.READ))
    assert [sentence.language for sentence in document.sentences] == list(languages.READ)


@pytest.mark.parametrize("language", ["ru", "tr", "fa", "zh", "fr"])
def test_a_language_that_is_not_read_is_named_and_nothing_invented(
    language: str, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXTS[language], encoding="utf-8")
    frame = mapper.read(path)
    said = "\n".join(frame.attrs["said"])
    assert frame.empty and f"in {languages.name(language)}, which is not read" in said
    with pytest.raises(NothingToDrawError, match="which is not read"):
        make_map(path, tmp_path / "map.html")


@pytest.mark.parametrize("language", ["en", "ar", "ckb", "kmr"])
def test_what_is_read_is_said_with_its_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXTS[language], encoding="utf-8")
    frame = mapper.read(path)
    assert frame["killed"].tolist() == [3]
    assert f"1 incident found; in {languages.READ[language]}" in "\n".join(frame.attrs["said"])


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ckb", "سەربازێک", "یەک سەرباز"),
        ("ckb", "سەربازەکان", "سەربازان"),
        ("ckb", "تەقینەوەیەکی", "تەقینەوە"),
        ("ckb", "هێرشی", "هێرش"),
        ("ckb", "نازانم", "نازانم"),
        ("ckb", "ژنێک", "یەک ژن"),
        ("ckb", "تریش", "تر"),
        ("ckb", "لەکەرکوک", "لە کەرکوک"),
        ("ckb", "لەتەقینەوەیەکدا", "لە تەقینەوە"),
        ("ckb", "لەدەستدا", "لەدەستدا"),
        ("kmr", "jina wî", "yek jin wî"),
        ("kmr", "zarokên wî", "zarokan wî"),
        ("kmr", "leşkerek", "yek leşker"),
        ("kmr", "leşkerên", "leşkeran"),
        ("kmr", "hemwelatiyek", "yek hemwelatî"),
        ("kmr", "teqînê", "teqîn"),
        ("kmr", "Hewlêrê", "hewlêrê"),
    ],
)
def test_kurdish_endings(language: str, text: str, words: str) -> None:
    (sentence,) = sentences.read(text).sentences
    found = [token.lower for token in kurdish.split(sentence.tokens, language)]
    assert found == [sentences.fold(word) for word in words.split()]
