// The acts that the ledger records, grouped as one looks for them.
export const ACTS = {
  security: [
    "access.refused",
    "login.refused",
    "login.locked",
    "session.start",
    "session.end",
    "session.list",
    "session.stream",
    "token.create",
    "token.revoke",
    "password.change",
    "access.explain",
  ],
  disclosure: [
    "field.reveal",
    "record.export",
    "job.file",
    "backup.make",
    "keys.export",
    "subject.erase",
    "subject.history",
  ],
  records: [
    "record.read",
    "record.list",
    "record.search",
    "record.count",
    "record.history",
    "record.duplicates",
    "record.create",
    "record.update",
    "record.delete",
    "record.restore",
    "lead.convert",
  ],
  many: ["record.bulk", "bulk.undo", "record.import", "import.undo", "job.start", "job.read", "job.cancel"],
  administration: [
    "user.create",
    "user.update",
    "team.create",
    "team.update",
    "role.create",
    "role.update",
    "role.delete",
    "field.create",
    "admin.read",
  ],
  own: [
    "preferences.update",
    "view.create",
    "view.update",
    "view.delete",
    "notification.create",
    "notification.read",
  ],
  ledger: ["ledger.read", "ledger.proof", "ledger.verify"],
  machine: [
    "keys.rotate",
    "keys.status",
    "index.rebuild",
    "backup.restore",
    "system.read",
    "instance.init",
    "instance.start",
    "instance.stop",
  ],
} as const;

/** What pages ask for by themselves as they open: own jobs and notices, settings, colleagues, live updates. */
export const BY_PAGES = ["admin.read", "job.read", "notification.read", "session.stream"];

export type Group = keyof typeof ACTS;
export const GROUPS = Object.keys(ACTS) as Group[];
