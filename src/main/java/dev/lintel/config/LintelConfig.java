package dev.lintel.config;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.liveness.LivenessConfig;

/**
 * Everything that can be configured, as {@code conf/lintel.yaml} has it: one section for each part of the box,
 * each the record of the package that uses it. An absent section or key has its default.
 */
public record LintelConfig(LivenessConfig liveness, EmbeddingConfig embedding, LoggingConfig logging) {

  public LintelConfig {
    liveness = liveness == null ? LivenessConfig.defaults() : liveness;
    embedding = embedding == null ? EmbeddingConfig.defaults() : embedding;
    logging = logging == null ? LoggingConfig.defaults() : logging;
  }

  public static LintelConfig defaults() {
    return new LintelConfig(null, null, null);
  }
}
