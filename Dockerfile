# Stage 1: compile. sqlite3 and nodejs-jieba are built from source too, which takes
# python3, make and g++: the prebuilt sqlite3 wants glibc 2.38, bookworm has 2.36, and
# what installs it never tries to load it, so that only the running bot would fail.
FROM node:22-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
# The build that npm runs after installing needs sources that are not here yet.
# Node's headers are in the image, so nothing is fetched but what package-lock.json names.
RUN npm ci --ignore-scripts \
 && npm_config_build_from_source=true npm_config_nodedir=/usr/local npm rebuild
COPY src ./src
COPY data ./data
RUN npm run build && npm prune --omit=dev --ignore-scripts

# Stage 2: run, as a user without rights, with nothing but what runs.
FROM node:22-bookworm-slim
# The health page is reached from inside the container only; see HEALTHCHECK.
ENV NODE_ENV=production DATA_DIR=/data OPERATIONS_PORT=9464
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/data ./data
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
# The start loads a dictionary and may rebuild the index; after that three failures in a row count.
HEALTHCHECK --interval=60s --timeout=10s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.OPERATIONS_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
