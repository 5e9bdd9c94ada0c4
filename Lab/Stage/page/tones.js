// The look of each line: the same tones, dashes and marks, in the same order, as in the reports (Lab/Reports/Slides/Tone.cs).
// Lane actor is drawn through, lane http is dashed; colour is the lane's, or in an act the arm's.

const colours = ["#4477AA", "#EE6677", "#228833", "#AA3377", "#CCBB44", "#66CCEE", "#BBBBBB"];

export const toneOf = index => colours[Math.abs(index) % colours.length];

/** The same tone for thin lines. */
export const darkOf = tone => mixed(tone, part => part * 0.5);

/** The same tone for thin lines on dark ground. */
export const lightOf = tone => mixed(tone, part => 128 + part * 0.5);

/** The same tone for words, on paper and on dark ground. */
export const wordOf = tone => mixed(tone, part => part * 0.72);
export const brightOf = tone => mixed(tone, part => 76 + part * 0.7);

export const laneTone = { actor: toneOf(0), http: toneOf(1) };
export const laneDash = { actor: [], http: [14, 6] };
export const predicted = { dash: [3, 6], width: 2.5 };

/** How a second's requests ended, from the bottom of the stack to its top. */
export const outcomes = [
  { name: "succeeded", words: "succeeded", tone: toneOf(2) },
  { name: "failed", words: "failed", tone: toneOf(1) },
  { name: "refused", words: "refused", tone: toneOf(4) },
  { name: "timed_out", words: "timed out", tone: toneOf(3) },
];

const mixed = (tone, mix) => "#" + [1, 3, 5].map(at => parseInt(tone.slice(at, at + 2), 16))
  .map(part => Math.floor(mix(part)).toString(16).padStart(2, "0")).join("");
