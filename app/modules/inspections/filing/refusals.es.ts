import type { FilingTexts } from "./refusals";

/** The same in Spanish, in a file of its own: only phones that read Spanish load it. */
export const spanishRefusals: FilingTexts = {
  "access-ended": () => "Su acceso terminó antes de que firmara este reporte. Llame al taller.",
  "damaged-photo": () => "Una foto no es la que se firmó. Intente de nuevo.",
  "damaged-video": () => "Un video no es el que se firmó. Intente de nuevo.",
  "group-missing": (unit) => `No se revisaron todos los grupos de partes de ${unit}.`,
  "id-taken": () => "Otro reporte se registró con este número, así que este no. Muéstrelo al taller.",
  "no-such-checklist": (unit) => `No hay tal lista de revisión para ${unit}. Actualice la aplicación.`,
  "no-such-driver": () => "El taller ya no lo tiene como conductor. Llame al taller.",
  "part-unknown": (unit) => `Un defecto de ${unit} es de una parte que no está en su lista.`,
  "photo-gone": () => "Una foto de este reporte ya no está en este teléfono.",
  "photo-not-taken": () => "El taller no puede leer una foto de este reporte.",
  "photo-too-large": () => "Una foto puede tener hasta 12 MB.",
  "photo-unknown": () => "Ningún reporte suyo tiene esta foto. Envíe primero el reporte.",
  "portal-closed": () => "El taller cerró este portal. Llame al taller.",
  "reason-missing": () => "Escriba por qué rechaza la reparación.",
  "same-ids": () => "Dos entradas tienen el mismo número.",
  "signed-before-start": () => "Se firmó antes de empezar. Revise el reloj del teléfono.",
  "token-ended": () => "Se cerró su sesión en este teléfono. Inicie sesión de nuevo para enviarlo; queda guardado aquí.",
  "too-long": () => "Este reporte es demasiado largo. Acorte sus notas.",
  "too-many-photos": () => "Tiene más de 60 fotos. Quite algunas.",
  "video-gone": () => "Un video de este reporte ya no está en este teléfono.",
  "video-not-taken": () => "El taller no puede leer un video de este reporte.",
  "video-unknown": () => "Ningún reporte suyo tiene este video. Envíe primero el reporte.",
  unreadable: () => "El taller no puede leer este reporte. Actualice la aplicación.",
};
