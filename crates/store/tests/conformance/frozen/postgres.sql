SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE id = $1 -- bytea int8 bytea bytea bytea bytea int8 int8 int8 bytea int8 bytea int8 bytea
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE id = ANY ($1) -- bytea int8 bytea bytea bytea bytea int8 int8 int8 bytea int8 bytea int8 bytea
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE subject = $1 ORDER BY id -- bytea int8 bytea bytea bytea bytea int8 int8 int8 bytea int8 bytea int8 bytea
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE parent = $1 AND id > $2 ORDER BY id LIMIT $3 -- bytea int8 bytea bytea bytea bytea int8 int8 int8 bytea int8 bytea int8 bytea
SELECT id, entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE id > $1 ORDER BY id LIMIT $2 -- bytea int8 bytea bytea bytea bytea int8 int8 int8 bytea int8 bytea int8 bytea
SELECT source, field, target FROM link WHERE target = $1 ORDER BY source, field COLLATE "C" -- bytea text bytea
SELECT source, field, target FROM link WHERE (source, field, target) > ($1, $2, $3) ORDER BY source, field, target LIMIT $4 -- bytea text bytea
SELECT source, field, target FROM link WHERE source = $1 ORDER BY field COLLATE "C", target -- bytea text bytea
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE seq > $1 ORDER BY seq LIMIT $2 -- int8 bytea int8 int8 int8 int8 bytea bytea int8 bytea
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE record = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3 -- int8 bytea int8 int8 int8 int8 bytea bytea int8 bytea
SELECT seq, record, entity, version, kind, at, by, part_of, event, diff FROM change WHERE part_of = $1 AND seq > $2 ORDER BY seq LIMIT $3 -- int8 bytea int8 int8 int8 int8 bytea bytea int8 bytea
SELECT coalesce(max(seq), 0) FROM change -- int8
SELECT coalesce((SELECT max(seq) FROM change), 0), coalesce((SELECT max(seq) FROM hint), 0) -- int8 int8
SELECT seq, kind, id FROM hint WHERE seq > $1 ORDER BY seq LIMIT $2 -- int8 int8 bytea
SELECT count(*) FROM change WHERE record = $1 -- int8
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 AND id = $2 -- int8 bytea bytea bytea int8 int8 bytea
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 AND key = $2 -- int8 bytea bytea bytea int8 int8 bytea
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 ORDER BY id -- int8 bytea bytea bytea int8 int8 bytea
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 AND key IS NOT NULL ORDER BY key -- int8 bytea bytea bytea int8 int8 bytea
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3 -- int8 bytea bytea bytea int8 int8 bytea
SELECT kind, id, key, "user", version, updated_at, sealed FROM doc WHERE kind = $1 AND "user" = $2 ORDER BY id DESC LIMIT $3 -- int8 bytea bytea bytea int8 int8 bytea
SELECT hash, id, "user", kind, created_at, seen_at, ends_at, sealed FROM session WHERE id = $1 -- bytea bytea bytea int8 int8 int8 int8 bytea
SELECT hash, id, "user", kind, created_at, seen_at, ends_at, sealed FROM session WHERE hash = $1 -- bytea bytea bytea int8 int8 int8 int8 bytea
SELECT hash, id, "user", kind, created_at, seen_at, ends_at, sealed FROM session WHERE "user" = $1 ORDER BY id DESC -- bytea bytea bytea int8 int8 int8 int8 bytea
SELECT hash, id, "user", kind, created_at, seen_at, ends_at, sealed FROM session WHERE ends_at > $1 -- bytea bytea bytea int8 int8 int8 int8 bytea
SELECT id, kind, "user", state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE id = $1 -- bytea int8 bytea int8 int8 int8 bytea bool int8 int8 int8 int8 int8 bytea bytea
SELECT id, kind, "user", state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE "user" = $1 ORDER BY id DESC LIMIT $2 -- bytea int8 bytea int8 int8 int8 bytea bool int8 int8 int8 int8 int8 bytea bytea
SELECT id, kind, "user", state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, sealed, result FROM job WHERE state = $1 ORDER BY id LIMIT $2 -- bytea int8 bytea int8 int8 int8 bytea bool int8 int8 int8 int8 int8 bytea bytea
SELECT sealed FROM job_part WHERE job = $1 AND part = $2 -- bytea
SELECT key, request, until, sealed FROM idempotent WHERE key = $1 -- bytea bytea int8 bytea
SELECT seq, hash, bytes FROM event WHERE seq < $1 AND "user" = $3 AND record = $4 AND subject = $5 ORDER BY seq DESC LIMIT $2 -- int8 bytea bytea
SELECT seq, hash, bytes FROM event WHERE seq >= $1 ORDER BY seq LIMIT $2 -- int8 bytea bytea
SELECT seq, hash, bytes FROM event WHERE id = $1 -- int8 bytea bytea
SELECT coalesce(max(seq) + 1, 0) FROM event -- int8
SELECT count(*) FROM record -- int8
SELECT value FROM meta WHERE name = $1 -- bytea
SELECT hash FROM node WHERE level = $1 AND idx = $2 -- bytea
SELECT hash FROM event WHERE seq >= $1 AND seq < $2 ORDER BY seq -- bytea
SELECT seq, id, at, "user", record, subject, act, bytes, hash FROM event WHERE seq > $1 ORDER BY seq LIMIT $2 -- int8 bytea int8 bytea bytea bytea int8 bytea bytea
SELECT count(*) FROM node -- int8
SELECT id FROM event WHERE id = ANY ($1) -- bytea
SELECT coalesce(max(seq), 0) FROM hint WHERE kind = ANY ($1) -- int8
SELECT key, until FROM idempotent WHERE key = ANY ($1) -- bytea int8
SELECT id, version, entity, deleted_at IS NULL FROM record WHERE id = ANY ($1) -- bytea int8 int8 bool
SELECT doc.kind, doc.id, doc.key, doc.version FROM doc JOIN unnest($1::bigint[], $2::bytea[]) AS asked (kind, id) USING (kind, id) UNION SELECT doc.kind, doc.id, doc.key, doc.version FROM doc JOIN unnest($3::bigint[], $4::bytea[]) AS asked (kind, key) USING (kind, key) -- int8 bytea bytea int8
SELECT id, hash FROM session WHERE id = ANY ($1) OR hash = ANY ($2) -- bytea bytea
SELECT id, state, held_by, attempts, bytes FROM job WHERE id = ANY ($1) FOR UPDATE -- bytea int8 bytea int8 int8
SELECT "user", count(*) FROM job WHERE "user" = ANY ($1) AND state <= 2 GROUP BY 1 -- bytea int8
SELECT coalesce(sum(bytes), 0)::bigint FROM job -- int8
SELECT id FROM job WHERE state >= 3 AND ended_at <= CASE state WHEN 4 THEN $2::bigint ELSE $1::bigint END LIMIT $3 -- bytea
