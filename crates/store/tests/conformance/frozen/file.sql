SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE id = ?1
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE subject = ?1 ORDER BY id
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE parent = ?1 AND id > ?2 ORDER BY id LIMIT ?3
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE id > ?1 ORDER BY id LIMIT ?2
SELECT source, field, target FROM link WHERE target = ?1 ORDER BY source, field
SELECT source, field, target FROM link WHERE (source, field, target) > (?1, ?2, ?3) ORDER BY source, field, target LIMIT ?4
SELECT source, field, target FROM link WHERE source = ?1 ORDER BY field, target
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE seq > ?1 ORDER BY seq LIMIT ?2
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE record = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE part_of = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
SELECT coalesce(max(seq), 0) FROM change
SELECT count(*) FROM change WHERE record = ?1
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 AND id = ?2
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 AND key = ?2
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 ORDER BY id
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 AND key IS NOT NULL ORDER BY key
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3
SELECT kind, id, key, user, version, updated_at, sealed FROM doc WHERE kind = ?1 AND user = ?2 ORDER BY id DESC LIMIT ?3
SELECT hash, id, user, kind, created_at, seen_at, ends_at, sealed FROM session WHERE id = ?1
SELECT hash, id, user, kind, created_at, seen_at, ends_at, sealed FROM session WHERE hash = ?1
SELECT hash, id, user, kind, created_at, seen_at, ends_at, sealed FROM session WHERE user = ?1 ORDER BY id DESC
SELECT hash, id, user, kind, created_at, seen_at, ends_at, sealed FROM session WHERE ends_at > ?1
SELECT id, kind, user, state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE id = ?1
SELECT id, kind, user, state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE user = ?1 ORDER BY id DESC LIMIT ?2
SELECT id, kind, user, state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE state = ?1 ORDER BY id LIMIT ?2
SELECT sealed FROM job_part WHERE job = ?1 AND part = ?2
SELECT key, request, until, sealed FROM idempotent WHERE key = ?1
SELECT seq, hash, bytes FROM event WHERE seq >= ?1 ORDER BY seq LIMIT ?2
SELECT seq, hash, bytes FROM event WHERE id = ?1
SELECT coalesce(max(seq) + 1, 0) FROM event
SELECT count(*) FROM record
SELECT value FROM meta WHERE name = ?1
SELECT hash FROM node WHERE level = ?1 AND idx = ?2
SELECT hash FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq
SELECT seq, id, at, user, record, subject, act, bytes, hash FROM event ORDER BY seq
SELECT count(*) FROM node
SELECT count(*) FROM job WHERE user = ?1 AND state <= 2
SELECT sum(bytes) FROM job
SELECT id FROM job WHERE state >= 3 AND ended_at <= iif(state = 4, ?2, ?1) LIMIT ?3
SELECT seq, hash, bytes FROM event WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2
SELECT seq, hash, bytes FROM event WHERE seq < ?1 AND user = ?3 ORDER BY seq DESC LIMIT ?2
SELECT seq, hash, bytes FROM event WHERE seq < ?1 AND record = ?3 ORDER BY seq DESC LIMIT ?2
SELECT seq, hash, bytes FROM event WHERE seq < ?1 AND subject = ?3 ORDER BY seq DESC LIMIT ?2
SELECT seq, hash, bytes FROM event WHERE seq < ?1 AND user = ?3 AND record = ?4 AND subject = ?5 ORDER BY seq DESC LIMIT ?2
