# Stage 1: compile. sqlite3 and nodejs-jieba build from source when no prebuilt
# binary can be had, which takes python3, make and g++.
FROM node:22-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
# The build that npm runs after installing needs sources that are not here yet.
RUN npm ci --ignore-scripts && npm rebuild
COPY src ./src
COPY data ./data
RUN npm run build && npm prune --omit=dev --ignore-scripts

# Stage 2: run, as a user without rights, with nothing but what runs.
FROM node:22-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/data ./data
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
CMD ["node", "dist/main.js", "serve"]
