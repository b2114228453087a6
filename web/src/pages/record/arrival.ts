// A record that is opened to be changed, as by E in a list: the page asks once, on arrival.
let wanted: string | undefined;

export const editOnArrival = (id: string): void => {
  wanted = id;
};

export function isToEdit(id: string): boolean {
  const found = wanted === id;
  wanted = undefined;
  return found;
}
