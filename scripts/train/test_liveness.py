"""Tests of the liveness scripts: what they make, how they draw, how they count."""
import pathlib
import tempfile
import unittest

try:
    import cv2
    import numpy as np
    import onnxruntime
except ImportError:
    cv2 = None
try:
    import torch
except ImportError:
    torch = None

if cv2:
    import liveness_data as data
    import liveness_eval as evaluation
    import liveness_level as level
    import liveness_recapture as recapture


def face(rng):
    """Something smooth with a few edges, uint8 BGR."""
    x = cv2.resize(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8), (128, 128), interpolation=cv2.INTER_CUBIC)
    cv2.circle(x, (64, 64), 30, (120, 150, 200), -1)
    return x


@unittest.skipIf(cv2 is None, "numpy, opencv-python-headless or onnxruntime is not installed: pip install -r requirements.txt")
class RecaptureTest(unittest.TestCase):
    def test_should_give_a_picture_of_every_kind_that_still_shows_something(self):
        rng = np.random.default_rng(1)
        for kind in (data.LIVE, data.SCREEN, data.PAPER):
            spreads = []
            for _ in range(40):
                other = face(rng).astype(np.float32) / 255
                x, found = data.example(rng, face(rng), (24, 24, 80, 80), other, kind)
                self.assertEqual((x.shape, x.dtype, found), ((128, 128, 3), np.uint8, kind))
                spreads.append(x.std())
            self.assertGreater(np.median(spreads), 15)

    def test_should_be_the_same_for_the_same_seed(self):
        made = [data.example(np.random.default_rng(7), face(np.random.default_rng(3)), (24, 24, 80, 80),
                             face(np.random.default_rng(4)).astype(np.float32) / 255)[0] for _ in range(2)]
        self.assertTrue((made[0] == made[1]).all())

    def test_should_show_live_faces_without_colour_as_well(self):
        rng = np.random.default_rng(2)
        x = face(rng).astype(np.float32) / 255
        grey = sum(int(np.ptp(recapture.camera(rng, x).astype(int), axis=2).max() < 40) for _ in range(120))
        self.assertGreater(grey, 3)

    def test_should_reflect_what_lies_outside_a_tight_picture(self):
        rng = np.random.default_rng(3)
        x = rng.integers(0, 256, (128, 128, 3), dtype=np.uint8)
        y = data.tight(rng, x)
        self.assertEqual(y.shape, x.shape)
        self.assertTrue((y[64, 64] == x[64, 64]).all())
        self.assertFalse((y[0] == x[0]).all())

    def test_should_leave_out_whom_it_is_told_to(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("Ann", "Bob"):
                pathlib.Path(folder, name).mkdir()
                cv2.imwrite(f"{folder}/{name}/{name}_0001.png", np.full((8, 8, 3), 10 if name == "Ann" else 200, np.uint8))
            faces = data.Faces([folder + ":.5:.5:1:1"], {"Bob"})
            shades = {int(faces.draw(np.random.default_rng(s))[0].mean()) for s in range(20)}
        self.assertEqual(shades, {10})


@unittest.skipIf(cv2 is None, "numpy, opencv-python-headless or onnxruntime is not installed: pip install -r requirements.txt")
class EvaluationTest(unittest.TestCase):
    def test_should_count_errors_on_both_sides_of_the_threshold(self):
        found = evaluation.errors(np.array([.9, .8, .2, .7]), np.array([.1, .5, .6]), .5)
        self.assertEqual((found["apcer"]["errors"], found["apcer"]["of"]), (2, 3))
        self.assertEqual((found["bpcer"]["errors"], found["bpcer"]["of"]), (1, 4))
        self.assertAlmostEqual(found["areaUnderRoc"], 10 / 12, places=3)

    def test_should_choose_the_threshold_by_sets_that_count_the_same(self):
        def live(*p):
            return "live", np.array(p), np.zeros(0), [0, 0]
        found = evaluation.tuned(lambda p: p, {"large": live(*[.9] * 1000), "small": live(.1), "none": live()})
        self.assertAlmostEqual(found, .5, places=6)

    def test_should_bound_a_share_that_was_never_seen(self):
        none = evaluation.wilson(0, 50)
        self.assertEqual(none["share"], 0)
        self.assertAlmostEqual(none["to"], .0713, places=3)
        self.assertIsNone(evaluation.wilson(0, 0))

    def test_should_spread_over_what_there_is(self):
        self.assertEqual(evaluation.spread(list(range(9)), 3), [0, 4, 8])
        self.assertEqual(evaluation.spread([1, 2], 3), [1, 2])


@unittest.skipIf(cv2 is None or torch is None, "torch is not installed: pip install -r requirements.txt")
class TrainingTest(unittest.TestCase):
    def made(self, folder, teacher):
        y = np.array([data.LIVE] * 40 + [data.SCREEN] * 20 + [data.PAPER] * 20, np.uint8)
        np.save(folder + "/d_x.npy", np.zeros((80, 128, 128, 3), np.uint8))
        np.save(folder + "/d_y.npy", y)
        np.save(folder + "/d_t.npy", np.full(80, teacher, np.float32))
        pathlib.Path(folder, "d_n.txt").write_text("80")
        import liveness_train
        return next(liveness_train.batches(folder + "/d", 12, .5, 1))

    def test_should_draw_balanced_batches_and_heed_the_teacher_only_where_it_is_right(self):
        with tempfile.TemporaryDirectory() as folder:
            unasked = self.made(folder, np.nan)[1].flatten()
            self.assertEqual(sorted(round(float(v), 2) for v in unasked), [.03] * 6 + [.97] * 6)
            always_live = self.made(folder, 8.)[1].flatten()
            self.assertEqual(sum(abs(float(v) - .03) < 1e-6 for v in always_live), 6)
            self.assertEqual(sum(float(v) > .98 for v in always_live), 6)

    def test_should_hold_the_lowest_log_odds_of_live_against_each_kind_of_attack(self):
        import liveness_net
        net = liveness_net.FasNet(5, [3] * 4, 6, [7, 4, 4, 5, 4, 4], 8, [3, 3], 9, kinds=2).eval()
        x = torch.rand(3, 3, 128, 128) * 255
        with torch.no_grad():
            both = net.head(net.last(x))
            self.assertTrue(torch.equal(net(x)[:, 0], torch.minimum(both[:, 0], both[:, 1])))

    def test_should_weigh_the_opinions_of_several_networks(self):
        import liveness_net
        widths = 5, [3] * 4, 6, [7, 4, 4, 5, 4, 4], 8, [3, 3], 9
        one, other = liveness_net.FasNet(*widths), liveness_net.FasNet(*widths, field=5, gated=False)
        x = np.random.default_rng(1).integers(0, 256, (2, 128, 128, 3), dtype=np.uint8)
        with tempfile.TemporaryDirectory() as folder:
            for name, net, bias in (("a", one, 1.), ("b", other, 5.)):
                with torch.no_grad():
                    net.head.weight.zero_()
                    net.head.bias.fill_(bias)
                torch.save(net.state_dict(), f"{folder}/{name}.pt")
            said = data.Opinions([f"{folder}/a.pt=1", f"{folder}/b.pt=3"])(x)
        self.assertTrue(np.allclose(said, 4))

    def test_should_fit_a_last_layer_that_parts_what_can_be_parted(self):
        import liveness_head
        rng = np.random.default_rng(1)
        kinds = np.repeat([data.LIVE, data.SCREEN, data.PAPER], [60, 90, 10])
        f = rng.normal(0, 1, (160, 5))
        f[kinds == data.LIVE, 2] += 6
        f = np.c_[f, f[:, 2] * 100 + 7]  # a column that says the same again, in other units
        counts = liveness_head.weights_of(kinds)
        self.assertAlmostEqual(counts[kinds == data.LIVE].sum(), counts[kinds != data.LIVE].sum())
        self.assertAlmostEqual(counts[kinds == data.SCREEN].sum(), counts[kinds == data.PAPER].sum())
        w, bias = liveness_head.fit(f, .03 + .94 * (kinds == data.LIVE), counts, .001)
        self.assertTrue((((f @ w + bias) > 0) == (kinds == data.LIVE)).mean() > .98)

    def test_should_keep_the_channels_that_explain_the_block(self):
        import liveness_prune
        rng = np.random.default_rng(2)
        h = rng.normal(0, 1, (400, 12))
        y = h[:, [3, 8]] @ rng.normal(0, 1, (2, 4)) + 2
        kept, w, bias = liveness_prune.fit(h, y, 2)
        self.assertEqual(sorted(kept.tolist()), [3, 8])
        self.assertLess(np.abs(h[:, kept] @ w.numpy().T + bias.numpy() - y).max(), .01)

    def test_should_read_back_a_network_of_any_width(self):
        import liveness_net
        with tempfile.TemporaryDirectory() as folder:
            widths = 5, [3] * 4, 6, [7, 4, 4, 5, 4, 4], 8, [3, 3], 9
            small = liveness_net.FasNet(*widths, field=5, gated=False, kinds=2)
            for net in (liveness_net.LivenessNet(), liveness_net.FasNet(*widths),
                        liveness_net.Pair(liveness_net.FasNet(*widths), small)):
                torch.save(net.eval().state_dict(), folder + "/w.pt")
                again = liveness_net.load(folder + "/w.pt").eval()
                x = torch.rand(2, 3, 128, 128) * 255
                with torch.no_grad():
                    self.assertTrue(torch.equal(net(x), again(x)))


@unittest.skipUnless(cv2, "needs OpenCV, NumPy and ONNX Runtime")
class LevelTest(unittest.TestCase):
    RULE = {"margin": .4}

    def test_visits_are_means_of_frames_in_a_row(self):
        odds = level.visits(np.array([.2, .4, .6, .8]), 2)

        np.testing.assert_allclose(1 / (1 + np.exp(-odds)), [.3, .5, .7])
        self.assertEqual(0, len(level.visits(np.zeros(0), 2)))

    def test_limit_lies_a_margin_below_the_level_and_within_its_bounds(self):
        rng = np.random.default_rng(0)
        live = np.full(20, -.1)

        np.testing.assert_allclose(level.limits(live, self.RULE, (-2, 2), 5, 3, rng), [-.5] * 3)
        np.testing.assert_allclose(level.limits(live, self.RULE, (-.3, 2), 5, 3, rng), [-.3] * 3)

    def test_limits_are_compared_where_they_refuse_as_many(self):
        live, fake = np.arange(10.), np.arange(10.) - 5
        scores = [(live, fake), (live - 5, np.zeros(0))]

        self.assertEqual((.2, .3), level.rates(live, fake, [2]))
        self.assertEqual((.2, None), level.rates(live, np.zeros(0), [2]))
        self.assertEqual([.35, .4], level.same(scores, .35))


if __name__ == "__main__":
    unittest.main()
