# The mock as an image, built from this repository: docker build -t auth-understudy .
# docs/containers.md tells how to run it, and how to have an image of the published package.
FROM node:22-slim AS build
WORKDIR /build
COPY . .
# Packing builds what is packed.
RUN npm ci --ignore-scripts && npm pack --pack-destination /tmp

FROM node:22-slim
COPY --from=build /tmp/auth-understudy-*.tgz /tmp/
# Both are wanted by options: a store is spoken to by Redis's own client, and handlers are MSW's.
RUN npm install --global --ignore-scripts /tmp/auth-understudy-*.tgz @redis/client@6 msw@2 \
  && rm /tmp/auth-understudy-*.tgz \
  && npm cache clean --force \
  && mkdir -p /mock/state \
  && chown -R node:node /mock
# Who breaks out of the process is nobody. Scenarios of your own are mounted here, too.
USER node
WORKDIR /mock
VOLUME /mock/state
EXPOSE 4010
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.UNDERSTUDY_PORT ?? 4010}/__understudy/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["understudy"]
CMD ["serve", "--host", "0.0.0.0", "--state", "state/world"]
