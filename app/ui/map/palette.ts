import type { Tone } from "../state-mark";

export type MapTheme = "light" | "dark";

export type MapPalette = {
  water: string;
  land: string;
  neighbor: string;
  county: string;
  border: string;
  roadMajor: string;
  roadMinor: string;
  label: string;
  labelSoft: string;
  panel: string;
  ink: string;
  accent: string;
  lamps: Record<Tone, string>;
};

/** A canvas can't read the page's light-dark() variables, so these repeat the colors of tokens.css. */
export const palettes: Record<MapTheme, MapPalette> = {
  light: {
    water: "#d3dee6",
    land: "#f4f5f7",
    neighbor: "#e9ebee",
    county: "#e3e5ea",
    border: "#b3b9c3",
    roadMajor: "#a3abb7",
    roadMinor: "#c6ccd4",
    label: "#45494f",
    labelSoft: "#626871",
    panel: "#fcfcfd",
    ink: "#1c2024",
    accent: "#0b6471",
    lamps: { slate: "#b9bbc6", blue: "#3b9eff", amber: "#ffba18", green: "#30a46c", red: "#e5484d" },
  },
  dark: {
    water: "#0b1117",
    land: "#17191c",
    neighbor: "#131518",
    county: "#262b30",
    border: "#444a52",
    roadMajor: "#66707b",
    roadMinor: "#434a52",
    label: "#b0b4ba",
    labelSoft: "#8b9199",
    panel: "#18191b",
    ink: "#edeef0",
    accent: "#4fb9c6",
    lamps: { slate: "#696e77", blue: "#0090ff", amber: "#ffc53d", green: "#30a46c", red: "#e5484d" },
  },
};
