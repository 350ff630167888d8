# docker build -t grappe . && docker run --read-only --tmpfs /tmp -p 127.0.0.1:4000:4000 -v grappe-data:/data grappe
# A release names its base by digest, so that it can be built again: --build-arg NODE_IMAGE=node:24-slim@sha256:…
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node: the one that npm brings for developers' machines stays out.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-* node_modules/.bin/node

FROM ${NODE_IMAGE} AS explorer
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY scripts ./scripts
COPY explorer ./explorer
RUN npm run build

FROM ${NODE_IMAGE}
ARG VERSION=0.0.0-local
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="Grappe" \
      org.opencontainers.image.description="A GraphQL knowledge graph of innovation networks" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 GRAPPE_DATA=/data
# As src/start.mjs sets it, so that the process need not begin again: two heaps for all threads of the C library instead of one
# for each, and large blocks on their own, which go back to the system.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=1048576
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY schema ./schema
COPY seed ./seed
COPY examples ./examples
COPY --from=explorer /app/explorer/dist ./explorer/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
# A first start seeds itself before it is ready, which takes minutes on a small machine.
HEALTHCHECK --interval=10s --timeout=5s --start-period=600s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As `npm start` in package.json: half the memory for more of the processor's time, and code compiled early (docs/adr/0007).
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "--always-sparkplug", "src/start.mjs", "serve"]
