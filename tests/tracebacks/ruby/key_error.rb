config = { host: "mx1", port: 25 }
config.fetch(:hots)
