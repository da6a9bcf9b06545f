# Builds rft-mcp and leaves it alone in an image without a shell: docker build -t rft-mcp .
#
# It serves MCP on port 8000 of all the container's addresses, so publish the port to this machine only, or put
# something before it that asks who calls:
#
#   docker run --rm -p 127.0.0.1:8000:8000 -e OPENAI_API_KEY rft-mcp
#
# Without a key: docker run … rft-mcp serve --transport http --host 0.0.0.0 --provider sandbox
#
# Health: GET /healthz says that the process answers, GET /readyz that it takes calls. The image has no shell and no
# curl for a HEALTHCHECK, so let the platform ask (in Kubernetes: httpGet probes on port 8000 with these paths).
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --profile dist --locked --no-default-features --features postgres --bin rft-mcp \
    && cp target/dist/rft-mcp /rft-mcp

# Has CA certificates, libc and libgcc, and nothing else; a static image would need the C code built for musl.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /rft-mcp /usr/local/bin/rft-mcp
EXPOSE 8000
# nonroot, by number: a platform that refuses root can't look names up.
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/rft-mcp"]
CMD ["serve", "--transport", "http", "--host", "0.0.0.0"]
