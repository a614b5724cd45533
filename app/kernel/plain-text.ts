/**
 * Signs that nobody sees: controls, directions, joints without width, tags. What they hide or turn around, no reader
 * could tell. Tabs, line ends and Arabic's own number signs are seen; joiners are looked at apart.
 */
const UNSEEN = /(?![\n\t\u0600-\u0605\u06dd\u08e2\u200c\u200d])[\p{Cc}\p{Cf}]/gu;
/** Letters and marks that are drawn as nothing: a name of them reads as none. Braille's blank is a blank. */
const EMPTY_LETTERS = /[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/g;
const EMPTY_BRAILLE = /\u2800/g;
/** What picks a sign's look belongs to that sign. */
const LOOSE_VARIANTS = /(?<![\p{L}\p{M}\p{N}\p{S}#*])[\ufe00-\ufe0f]+|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+/gu;
/** Joiners are part of emoji and of some scripts, between letters; anywhere else they only hide. */
const LOOSE_JOINERS = /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/**
 * More marks on one letter than any script has, which is where Unicode's Stream-Safe Text Format ends too. Putting
 * marks in order takes time by the square of how many there are.
 */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** A text for a place of one line, such as a mail's subject. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** What somebody typed as it can be read: letters whole, lines that end one way, and no sign that is not seen. */
export const plainText = (typed: string): string =>
  typed
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(UNSEEN, "")
    .replace(EMPTY_LETTERS, "")
    .replace(EMPTY_BRAILLE, " ")
    .replace(LOOSE_VARIANTS, "")
    .replace(LOOSE_JOINERS, "")
    .replace(TOO_MANY_MARKS, "$1")
    .normalize("NFC")
    // A mark may come apart into two.
    .replace(TOO_MANY_MARKS, "$1");
