import { expect, it } from "vitest";
import { describe } from "./colleagues";

const team = (id: string) => ({ n: "Północ", s: "Południe" })[id] ?? "";

it("tells people of one name apart by what the server tells of them", () => {
  const people = [
    { id: "1", name: "Jan Nowak", team: "n", login: "jan.nowak" },
    { id: "2", name: "Jan Nowak", team: "n", login: "jan.drugi" },
    { id: "3", name: "Jan Nowak", team: "s" },
    { id: "4", name: "Ewa Pusta", team: "s" },
    { id: "5", name: "Adam Żak", team: "n", login: "adam.zak" },
  ];
  expect(describe(people, team)).toEqual([
    { value: "5", name: "Adam Żak", label: "Adam Żak", hint: "adam.zak · Północ" },
    { value: "4", name: "Ewa Pusta", label: "Ewa Pusta", hint: "Południe" },
    { value: "2", name: "Jan Nowak", label: "Jan Nowak (jan.drugi)", hint: "jan.drugi · Północ" },
    { value: "1", name: "Jan Nowak", label: "Jan Nowak (jan.nowak)", hint: "jan.nowak · Północ" },
    { value: "3", name: "Jan Nowak", label: "Jan Nowak (Południe)", hint: "Południe" },
  ]);
});
