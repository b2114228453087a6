/** A label as a stable name: "Źródło leada" becomes "zrodlo_leada". */
export function slug(label: string, max = 40): string {
  return label
    .toLowerCase()
    .replace(/ł/g, "l")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, max)
    .replace(/^_+|_+$/g, "");
}
