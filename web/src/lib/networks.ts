// Networks as they are typed: apart by spaces, commas or lines. What is one, the server says.

export const splitNetworks = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export const joinNetworks = (networks: string[] | undefined): string => (networks ?? []).join(", ");
