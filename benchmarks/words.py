"""Writes text in four languages from word lists: same seed, same text; same structure in every language."""

from __future__ import annotations

from random import Random

LANGUAGES = ("en", "es", "fr", "ar")

_LISTS = {
    "en": (
        "the of and in to for with from a that which where when people city street young family group work team night"
        " school clinic council police service worker leader neighbour programme offer help trust risk harm peace"
        " quarrel meeting visit record count change study place corner market station park lamp house road budget plan"
        " law rule month week year result effect reason answer question early slow steady small large local public"
        " open shared clear safe often rarely together again before after begins ends grows falls shows keeps brings"
        " takes finds meets builds learns teaches listens reports compares repeats follows"
    ),
    "es": (
        "el la de y en que para con desde un una donde cuando gente ciudad calle joven familia grupo trabajo equipo"
        " noche escuela clínica concejo policía servicio persona líder vecina programa oferta ayuda confianza riesgo"
        " daño paz disputa reunión visita registro recuento cambio estudio lugar esquina mercado estación parque"
        " lámpara casa camino presupuesto plan ley regla mes semana año resultado efecto razón respuesta pregunta"
        " temprano lento firme pequeño grande local público abierto común claro seguro a menudo juntos otra vez antes"
        " después empieza termina crece baja muestra mantiene trae toma encuentra reúne construye aprende enseña"
        " escucha informa compara repite sigue"
    ),
    "fr": (
        "le la de et dans que pour avec depuis un une où quand gens ville rue jeune famille groupe travail équipe nuit"
        " école clinique conseil police service personne responsable voisine programme offre aide confiance risque tort"
        " paix querelle réunion visite registre compte changement étude lieu coin marché gare parc lampe maison route"
        " budget plan loi règle mois semaine année résultat effet raison réponse question tôt lent ferme petit grand"
        " local public ouvert commun clair sûr souvent ensemble encore avant après commence finit grandit baisse montre"
        " garde apporte prend trouve rencontre construit apprend enseigne écoute rapporte compare répète suit"
    ),
    "ar": (
        "في من على إلى عن مع بين كل هذا التي الذي حيث عندما الناس المدينة الشارع الشباب الأسرة المجموعة العمل الفريق"
        " الليل المدرسة العيادة المجلس الشرطة الخدمة العامل القائد الجيران البرنامج العرض المساعدة الثقة الخطر الضرر"
        " السلام الخلاف الاجتماع الزيارة السجل العدد التغيير الدراسة المكان الركن السوق المحطة الحديقة المصباح البيت"
        " الطريق الميزانية الخطة القانون القاعدة الشهر الأسبوع السنة النتيجة الأثر السبب الجواب السؤال مبكر بطيء ثابت"
        " صغير كبير محلي عام مفتوح مشترك واضح آمن غالبا معا مجددا قبل بعد يبدأ ينتهي ينمو يهبط يظهر يحفظ يجلب يأخذ"
        " يجد يلتقي يبني يتعلم يعلم يصغي يبلغ يقارن يكرر يتبع"
    ),
}
WORDS = {language: words.split() for language, words in _LISTS.items()}


class Told(str):
    """Text that readers of another language read in their own; everything else in a field is a fact."""

    __slots__ = ()


def words(place: str, language: str, count: int) -> list[str]:
    """Return words of a language; `place` says where they stand, and is the seed."""
    return Random(f"{place}:{language}").choices(WORDS[language], k=count)


def phrase(place: str, language: str, count: int) -> Told:
    """Return a few words that begin with a capital letter and end without a stop."""
    text = " ".join(words(place, language, count))
    return Told(text[0].upper() + text[1:])


def plain(place: str, language: str, count: int) -> Told:
    """Return sentences of about so many words in all, without any marks."""
    lengths = _lengths(place, count)
    return Told(" ".join(f"{phrase(f'{place}.{n}', language, length)}." for n, length in enumerate(lengths)))


def marked(place: str, language: str, count: int, *, cites: list[str], links: list[str]) -> Told:
    """Return sentences with marks: bold words, a number, and `⟦cite KEY PAGE⟧` and `⟦link FOLDER/SLUG WORDS⟧`.

    Where the marks stand does not depend on the language, so a translation cites and counts what its original does.
    """
    random = Random(place)
    sentences = []
    for number, length in enumerate(_lengths(place, count)):
        found = words(f"{place}.{number}", language, length)
        found[0] = found[0][0].upper() + found[0][1:]
        kind = random.choice(("", "", "bold", "number", "cite", "cite", "link", "link"))
        spot, figure, key, target = (random.randrange(2, length - 2), random.randrange(11, 99),
                                     random.choice(cites or [""]), random.choice(links or [""]))  # fmt: skip
        if kind == "bold":
            found[spot] = f"**{found[spot]}**"
        elif kind == "number":
            found.insert(spot, str(figure))
        elif kind == "cite" and key:
            found.append(f"⟦cite {key} {figure}⟧")
        elif kind == "link" and target:
            found[spot : spot + 2] = [f"⟦link {target} {' '.join(found[spot : spot + 2])}⟧"]
        sentences.append(f"{' '.join(found)}.")
    return Told(" ".join(sentences))


def _lengths(place: str, count: int) -> list[int]:
    """Return the lengths of sentences that have about so many words together."""
    random = Random(f"{place}:lengths")
    lengths: list[int] = []
    while sum(lengths) < count - 6:
        lengths.append(random.randrange(8, 18))
    return lengths or [max(count, 5)]
