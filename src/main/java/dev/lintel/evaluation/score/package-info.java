/** Error rates of comparison scores. Pure arithmetic: knows neither images nor models. Higher scores are more alike. */
package dev.lintel.evaluation.score;
