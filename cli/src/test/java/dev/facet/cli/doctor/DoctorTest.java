package dev.facet.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorTest {
  @Test
  void thisMachineIsLookedAtFromJavaToATrainingStep() throws IOException {
    Doctor doctor = Doctor.look();
    assertThat(doctor.findings())
        .extracting(Finding::subject)
        .containsExactly(
            "Java",
            "processor",
            "memory",
            "disk",
            "CUDA driver",
            "libtorch",
            "device",
            "arithmetic",
            "matrix product",
            "training step",
            "pictures",
            "fonts");
    assertThat(found(doctor, "libtorch")).startsWith("2.7.1");
    assertThat(found(doctor, "arithmetic")).contains("agree with float64");
    assertThat(found(doctor, "matrix product")).matches("[0-9,]+ GFLOP/s in float32, 2048 x 2048");
    assertThat(found(doctor, "training step")).matches("[0-9,]+ pairs/s with preset small.*");
  }

  @Test
  void aProblemIsToldWithItsCureAndIsNotHealthy() throws IOException {
    Doctor doctor =
        new Doctor(
            List.of(
                Finding.good("memory", "23.4 GiB"),
                new Finding("disk", "0.1 GiB free", "0.1 GiB are left: free some")));
    assertThat(doctor.isHealthy()).isFalse();
    assertThat(doctor.text())
        .contains("memory          23.4 GiB", "problem: 0.1 GiB are left: free some")
        .doesNotContain("nothing is wrong");
    JsonNode json = Json.LINE.readTree(doctor.json());
    assertThat(json.path("healthy").asBoolean()).isFalse();
    assertThat(json.path("findings").path(0).has("problem")).isFalse();
    assertThat(json.path("findings").path(1).path("problem").asText()).contains("free some");
  }

  private static String found(Doctor doctor, String subject) {
    return doctor.findings().stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow()
        .found();
  }
}
