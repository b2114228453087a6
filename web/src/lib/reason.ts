// Reasons that people give: how long they are, and how they are counted.
export const REASON_MIN = 5;
export const REASON_MAX = 500;

/** Reasons are counted as the server keeps them. */
export const tidy = (reason: string): string => reason.trim().split(/\s+/).join(" ");
