/** What an evaluation found, as values, and the ways to show it: terminal, JSON, CSV and one self-contained HTML page. */
package dev.lintel.evaluation.report;
