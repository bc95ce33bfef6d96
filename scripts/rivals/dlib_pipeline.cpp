// Face recognition as dlib does it: HOG detector on the picture enlarged once, the largest 150x150 chips, ResNet of dlib's face recogniser.
// The network has dlib's shape and random weights, which cost the same time. A line "FILE N" on standard input is answered
// with "p50 of the wall clock in ms, processor time of one in ms, faces" of N runs after a first one. Built by scripts/bench:
// g++ -O3 -march=native -DDLIB_JPEG_SUPPORT -DDLIB_PNG_SUPPORT dlib_pipeline.cpp -ldlib -llapack -lblas -ljpeg -lpng -lpthread
#include <dlib/dnn.h>
#include <dlib/image_io.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
using namespace dlib;
template <template <int, template <typename> class, int, typename> class block, int N, template <typename> class BN, typename SUBNET>
using residual = add_prev1<block<N, BN, 1, tag1<SUBNET>>>;
template <template <int, template <typename> class, int, typename> class block, int N, template <typename> class BN, typename SUBNET>
using residual_down = add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<block<N, BN, 2, tag1<SUBNET>>>>>>;
template <int N, template <typename> class BN, int stride, typename SUBNET>
using block = BN<con<N, 3, 3, 1, 1, relu<BN<con<N, 3, 3, stride, stride, SUBNET>>>>>;
template <int N, typename SUBNET> using ares = relu<residual<block, N, affine, SUBNET>>;
template <int N, typename SUBNET> using ares_down = relu<residual_down<block, N, affine, SUBNET>>;
template <typename SUBNET> using alevel0 = ares_down<256, SUBNET>;
template <typename SUBNET> using alevel1 = ares<256, ares<256, ares_down<256, SUBNET>>>;
template <typename SUBNET> using alevel2 = ares<128, ares<128, ares_down<128, SUBNET>>>;
template <typename SUBNET> using alevel3 = ares<64, ares<64, ares<64, ares_down<64, SUBNET>>>>;
template <typename SUBNET> using alevel4 = ares<32, ares<32, ares<32, SUBNET>>>;
using net_type = loss_metric<fc_no_bias<128, avg_pool_everything<alevel0<alevel1<alevel2<alevel3<alevel4<
    max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, input_rgb_image_sized<150>>>>>>>>>>>>>;
int main() {
    frontal_face_detector detector = get_frontal_face_detector();
    net_type net;
    std::string file;
    int rounds;
    while (std::cin >> file >> rounds) {
        std::vector<double> wall;
        double processor = 0;
        size_t faces = 0;
        for (int r = 0; r <= rounds; r++) {
            auto start = std::chrono::steady_clock::now();
            std::clock_t used = std::clock();
            array2d<rgb_pixel> image;
            load_image(image, file);
            pyramid_up(image);
            auto found = detector(image);
            faces = found.size();
            std::vector<matrix<rgb_pixel>> chips;
            for (auto& box : found) {
                matrix<rgb_pixel> chip;
                extract_image_chip(image, chip_details(box, chip_dims(150, 150)), chip);
                chips.push_back(chip);
            }
            if (!chips.empty()) net(chips);
            if (r) {
                wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
                processor += 1e3 * (std::clock() - used) / CLOCKS_PER_SEC;
            }
        }
        std::sort(wall.begin(), wall.end());
        std::printf("%f %f %zu\n", wall[wall.size() / 2], processor / rounds, faces);
        std::fflush(stdout);
    }
}
