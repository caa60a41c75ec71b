# Two stages, one binary.
FROM rust:1.95-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --release --locked --package server --bin tequio

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin tequio \
    && install --directory --owner tequio --group tequio --mode 0750 /data
COPY --from=build /source/target/release/tequio /usr/local/bin/tequio
COPY --from=build /source/LICENSE /usr/share/doc/tequio/LICENSE

# Set TEQUIO__INSTANCE__URL, and put a proxy that speaks https before port 8080.
ENV TEQUIO__HTTP__BIND=0.0.0.0:8080 \
    TEQUIO__DATABASE__URL=sqlite:///data/tequio.sqlite3
USER tequio
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["tequio", "health"]
ENTRYPOINT ["tequio"]
CMD ["serve"]
