// Changes made where records are listed: those of one record go to the server one after another, each upon the
// version that the one before left, so that two quick ones never look like a change by somebody else.
import type { QueryClient } from "@tanstack/react-query";
import { changed } from "@/api/queries";

const turns = new Map<string, Promise<number>>();

export async function inTurn<T extends { version: number }>(
  plural: string,
  row: { id: string; version: number },
  send: (version: number) => Promise<T>,
): Promise<T> {
  const key = `${plural}/${row.id}`;
  const before = turns.get(key) ?? Promise.resolve(row.version);
  const turn = before.then((version) => send(Math.max(version, row.version)));
  const next = turn.then(
    (answer) => answer.version,
    () => before,
  );
  turns.set(key, next);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === next) turns.delete(key);
  }
}

/** Whether a later change of the record is under way: what it shows is then not to be touched. */
export const isWaiting = (plural: string, id: string): boolean => turns.has(`${plural}/${id}`);

/** Asks again for what was changed, once no change is under way: an answer between two would show the old place. */
export function settled(client: QueryClient, plural: string, id: string): void {
  if ([...turns.keys()].some((key) => key.startsWith(`${plural}/`)))
    void client.invalidateQueries({ queryKey: ["record", plural, id] });
  else changed(client, plural, id);
}
