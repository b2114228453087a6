import { expect, test } from "vitest";
import { changesOf } from "./AccountForm";

const ended = {
  name: "Sklep",
  team: "t1",
  roles: ["r1", "r2"],
  ends_at: "2026-01-01T00:00:00Z",
  owner: "u1",
};

test("only what was changed of an account is sent, so that one which has ended can be renamed", () => {
  expect(changesOf({ ...ended, roles: ["r2", "r1"] }, ended)).toEqual({});
  expect(changesOf({ ...ended, name: "Nowy sklep" }, ended)).toEqual({ name: "Nowy sklep" });
  const moved = { team: "t2", roles: ["r1"], ends_at: "2027-01-01T00:00:00Z" };
  expect(changesOf({ ...ended, ...moved }, ended)).toEqual(moved);
});
