#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { runProgram } from './cli/program.js';
import type { Io } from './cli/io.js';
import { createActions } from './bootstrap/cli-actions.js';
import { OperatorError } from './domain/errors.js';
import { cliMessages as m } from './messages/cli.js';
import { createLog } from './operations/log.js';

const io: Io = {
  input: process.stdin,
  out: (line) => {
    process.stdout.write(`${line}\n`);
  },
  err: (line) => {
    process.stderr.write(`${line}\n`);
  },
  errIsTerminal: process.stderr.isTTY,
  terminal: process.stdout.isTTY ? process.stdout : null,
};

const packageFile = z.object({ version: z.string() });

/** Resolves at the first SIGINT or SIGTERM from now on; a second one ends the process as usual. */
function stopRequested(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
}

async function main(): Promise<void> {
  const { version } = packageFile.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
  // `quiet`: dotenv's banner would precede the first JSON line.
  loadDotenv({ quiet: true });
  // Exits without a stack trace when the reader of stdout closes the pipe early (`| head`).
  process.stdout.on('error', () => {
    process.exit(0);
  });
  const actions = createActions({
    version,
    environment: process.env,
    io,
    stopRequested,
    setExitCode: (code) => {
      process.exitCode = code;
    },
    createLogger: (level, secrets) => createLog({ level, secrets, write: (line) => process.stdout.write(line) }),
  });
  await runProgram(process.argv.slice(2), actions, io, version);
}

try {
  await main();
} catch (error) {
  const known = error instanceof OperatorError;
  io.err(known ? error.message : m.unexpected(error instanceof Error ? error.message : String(error)));
  if (!known && process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) io.err(error.stack ?? '');
  process.exitCode = known ? error.exitCode : 1;
}
