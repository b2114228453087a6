import i18next from "i18next";
import type { Place } from "@/api/types";
import { countryName } from "./format";

/** Where an address is, as the server's table says; empty without a table. */
export function placeText(place: Place | undefined): string {
  if (!place) return "";
  if (place.kind === "country" && place.country) return countryName(place.country);
  return i18next.t(place.kind === "local" ? "admin:session.placeLocal" : "admin:session.placeUnknown");
}

/** An address with its place behind it. */
export const withPlace = (address: string, place: Place | undefined): string =>
  [address, placeText(place)].filter(Boolean).join(", ");
