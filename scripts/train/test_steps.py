"""Tests of steps.py."""
import pathlib
import tempfile
import unittest

import steps


class StepsTest(unittest.TestCase):
    def test_should_give_a_new_pack_no_figures_of_the_shipped_one(self):
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "next"
            steps.unmeasured("lintel-embed", pack)
            lines = (pack / "manifest.yaml").read_text().splitlines()
        shipped = (steps.MODELS / "lintel-embed" / "manifest.yaml").read_text().splitlines()
        self.assertIn("id: lintel-embed-next", lines)
        self.assertIn("version: 0.0.1", lines)
        self.assertIn("measured: {}", lines)
        self.assertIn("measured:", shipped)
        self.assertEqual(sum(line.startswith("measured:") for line in lines), 1)
        self.assertEqual([line for line in shipped if line.startswith("task:")],
                         [line for line in lines if line.startswith("task:")])


if __name__ == "__main__":
    unittest.main()
