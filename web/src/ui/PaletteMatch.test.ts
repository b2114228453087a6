import { describe, expect, it } from "vitest";
import { matches, wish } from "./PaletteMatch";

describe("a command is found by what people type", () => {
  it("without marks, by beginnings, in any order", () => {
    expect(matches("Przejdź do: Dziennik zdarzeń", "zdarzen")).toBe(true);
    expect(matches("Dodaj: Łącznik", "lac dod")).toBe(true);
    expect(matches("Przejdź do: Firmy", "irmy")).toBe(false);
    expect(matches("Motyw: ciemny", "")).toBe(true);
  });
});

describe("what is typed says what is wanted", () => {
  it("nothing and > are commands, two letters are records", () => {
    expect(wish(" ")).toEqual({ kind: "commands", words: "" });
    expect(wish("> mot")).toEqual({ kind: "commands", words: "mot" });
    expect(wish("k").kind).toBe("wait");
    expect(wish("@@").kind).toBe("wait");
    expect(wish("ko", false).kind).toBe("commands");
    expect(wish(" ko ")).toEqual({ kind: "records", words: "ko" });
  });
});
