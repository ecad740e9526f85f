#include "tools/workspace/programs.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

extern char** environ;

namespace heng {

const std::vector<OptionalProgram>& optional_programs() {
   static const std::vector<OptionalProgram> all = {
       {"heng-pdf-boxes",
        {"heng-pdf-boxes"},
        say("读取有文字的 PDF", "reads PDFs that hold text"),
        say("与衡同在一个源代码库：装上 libpoppler-private-dev 后重新构建（./dev build），放在 heng 旁边或 PATH 里",
            "comes with Heng's sources: install libpoppler-private-dev and build again (./dev build); it stands beside heng or "
            "in "
            "PATH")},
       {"pdftoppm",
        {"pdftoppm"},
        say("把扫描的 PDF 变成图像，供识别", "turns scanned PDFs into pictures to recognise"),
        say("apt-get install poppler-utils", "apt-get install poppler-utils")},
       {"tesseract",
        {"tesseract"},
        say("识别扫描件和图片上的文字（读出的数都注明是识别的）",
            "recognises text on scans and pictures (what it reads is marked as recognised)"),
        say("apt-get install tesseract-ocr tesseract-ocr-chi-sim", "apt-get install tesseract-ocr tesseract-ocr-chi-sim")},
       {"LibreOffice",
        {"soffice", "libreoffice"},
        say("读取 XLS、DOC、WPS、ET 等旧格式", "reads XLS, DOC, WPS, ET and other old formats"),
        say("apt-get install libreoffice-calc libreoffice-writer", "apt-get install libreoffice-calc libreoffice-writer")},
   };
   return all;
}

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

bool can_run(const std::string& path) {
   std::error_code error;
   return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

std::string own_folder() {
   std::error_code error;
   return fs::read_symlink("/proc/self/exe", error).parent_path().string();
}

// A file descriptor that is closed with this.
class Descriptor {
 public:
   Descriptor() = default;
   explicit Descriptor(int number) : number_(number) {}
   Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
   Descriptor& operator=(Descriptor&& other) noexcept {
      close();
      number_ = std::exchange(other.number_, -1);
      return *this;
   }
   ~Descriptor() { close(); }
   int number() const { return number_; }
   bool open() const { return number_ >= 0; }
   void close() {
      if (number_ >= 0) ::close(number_);
      number_ = -1;
   }

 private:
   int number_ = -1;
};

struct Pipe {
   Descriptor read, write;
   bool make() {
      int ends[2];
      if (pipe2(ends, O_CLOEXEC) != 0) return false;
      read = Descriptor(ends[0]);
      write = Descriptor(ends[1]);
      return true;
   }
   // For what the program reads: writing to a socket that nobody reads any more gives an error and no signal.
   bool make_socket() {
      int ends[2];
      if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
      read = Descriptor(ends[0]);
      write = Descriptor(ends[1]);
      return true;
   }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
   std::vector<char*> all;
   for (std::string& text : texts) all.push_back(text.data());
   all.push_back(nullptr);
   return all;
}

std::vector<std::string> environment_of(const ProgramCall& call) {
   std::vector<std::string> all = call.environment;
   for (char** one = environ; *one != nullptr; ++one) {
      const std::string_view text = *one;
      const std::string_view name = text.substr(0, text.find('=') + 1);
      bool replaced = false;
      for (const std::string& own : call.environment) replaced = replaced || std::string_view(own).substr(0, name.size()) == name;
      if (!replaced) all.emplace_back(text);
   }
   return all;
}

class Run {
 public:
   explicit Run(const ProgramCall& call) : call_(call), deadline_(Clock::now() + std::chrono::seconds(call.seconds)) {}

   ProgramEnd run() {
      if (!start()) return std::move(end_);
      end_.how = ProgramEnd::How::ended;
      talk();
      finish();
      return std::move(end_);
   }

 private:
   bool start() {
      if (!input_.make_socket() || !output_.make() || !error_.make()) return false;
      std::vector<std::string> words{call_.program};
      words.insert(words.end(), call_.arguments.begin(), call_.arguments.end());
      std::vector<std::string> environment = environment_of(call_);
      const std::vector<char*> arguments = pointers(words), variables = pointers(environment);
      child_ = fork();
      if (child_ < 0) return false;
      if (child_ == 0) become(arguments, variables);
      setpgid(child_, child_);  // both sides do: whoever comes first
      input_.read.close();
      output_.write.close();
      error_.write.close();
      for (const int one : {input_.write.number(), output_.read.number(), error_.read.number()})
         fcntl(one, F_SETFL, fcntl(one, F_GETFL) | O_NONBLOCK);
      if (call_.input.empty()) input_.write.close();
      return true;
   }

   // In the child, between fork and exec: only calls that are safe there.
   [[noreturn]] void become(const std::vector<char*>& arguments, const std::vector<char*>& variables) {
      setpgid(0, 0);
      dup2(input_.read.number(), STDIN_FILENO);
      dup2(output_.write.number(), STDOUT_FILENO);
      dup2(error_.write.number(), STDERR_FILENO);
      limit(RLIMIT_CORE, 0);
      limit(RLIMIT_FSIZE, call_.largest_file);
      limit(RLIMIT_CPU, static_cast<std::uint64_t>(call_.seconds) * 8);  // should Heng itself be killed
      if (call_.memory != 0) limit(RLIMIT_AS, call_.memory);
      signal(SIGINT, SIG_DFL);
      signal(SIGPIPE, SIG_DFL);
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, nullptr);
      if (!call_.folder.empty() && chdir(call_.folder.c_str()) != 0) _exit(cannot_start);
      execve(call_.program.c_str(), arguments.data(), variables.data());
      _exit(cannot_start);
   }

   static void limit(int what, std::uint64_t most) {
      const rlimit both{most, most};
      setrlimit(static_cast<__rlimit_resource_t>(what), &both);
   }

   void talk() {
      while (output_.read.open() || error_.read.open()) {
         if (call_.stop != nullptr && *call_.stop) return give_up(ProgramEnd::How::stopped);
         const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
         if (left <= 0) return give_up(ProgramEnd::How::out_of_time);
         pollfd ends[3] = {
             {input_.write.number(), POLLOUT, 0}, {output_.read.number(), POLLIN, 0}, {error_.read.number(), POLLIN, 0}};
         if (poll(ends, 3, static_cast<int>(std::min<long long>(left, 200))) < 0) {
            if (errno == EINTR) continue;
            return give_up(ProgramEnd::How::stopped);
         }
         if (ends[0].revents != 0) feed();
         if (ends[1].revents != 0) take(output_.read, end_.output, call_.largest_output);
         if (ends[2].revents != 0) take(error_.read, end_.error, most_of_error);
         if (end_.output.size() > call_.largest_output) return give_up(ProgramEnd::How::too_much_output);
      }
   }

   void feed() {
      const std::string_view rest = call_.input.substr(fed_);
      const ssize_t sent = send(input_.write.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent > 0) fed_ += static_cast<std::size_t>(sent);
      const bool broken = sent < 0 && errno != EAGAIN && errno != EINTR;
      if (broken || fed_ == call_.input.size()) input_.write.close();
   }

   // What is more than `most` is read and forgotten, but for one byte that tells.
   static void take(Descriptor& from, std::string& into, std::uint64_t most) {
      char block[1 << 16];
      const ssize_t got = read(from.number(), block, sizeof block);
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) from.close();
      if (got <= 0) return;
      const std::uint64_t room = into.size() > most ? 0 : most + 1 - into.size();
      into.append(block, static_cast<std::size_t>(std::min<std::uint64_t>(room, static_cast<std::uint64_t>(got))));
   }

   void give_up(ProgramEnd::How how) {
      end_.how = how;
      kill(-child_, SIGKILL);
   }

   // The program may close its output and go on: the deadline holds for its end, too.
   void finish() {
      int status = 0;
      while (true) {
         const pid_t ended = waitpid(child_, &status, WNOHANG);
         if (ended == child_ || (ended < 0 && errno != EINTR)) break;
         if (end_.how == ProgramEnd::How::ended && Clock::now() > deadline_) give_up(ProgramEnd::How::out_of_time);
         usleep(500);
      }
      kill(-child_, SIGKILL);  // whoever it left behind
      if (end_.how != ProgramEnd::How::ended) return;
      if (WIFSIGNALED(status)) {
         end_.how = ProgramEnd::How::crashed;
         end_.code = WTERMSIG(status);
      } else {
         end_.code = WEXITSTATUS(status);
         if (end_.code == cannot_start) end_.how = ProgramEnd::How::not_started;
      }
   }

   static constexpr int cannot_start = 127;
   static constexpr std::uint64_t most_of_error = 4096;

   const ProgramCall& call_;
   Clock::time_point deadline_;
   ProgramEnd end_;
   Pipe input_, output_, error_;
   pid_t child_ = -1;
   std::size_t fed_ = 0;
};

}  // namespace

std::optional<std::string> find_program(std::string_view command) {
   std::string folders = own_folder();
   if (const char* path = std::getenv("PATH")) (folders += ':') += path;
   for (std::size_t begin = 0, end; begin <= folders.size(); begin = end + 1) {
      end = std::min(folders.find(':', begin), folders.size());
      if (end == begin) continue;  // an empty entry would be the folder that Heng runs in: not to be trusted
      const std::string path = folders.substr(begin, end - begin) + '/' + std::string(command);
      if (can_run(path)) return path;
   }
   return std::nullopt;
}

std::optional<std::string> find_program(const OptionalProgram& program) {
   for (const std::string_view command : program.commands)
      if (std::optional<std::string> path = find_program(command)) return path;
   return std::nullopt;
}

ProgramEnd run_program(const ProgramCall& call) { return Run(call).run(); }

TemporaryFolder::TemporaryFolder() {
   std::error_code error;
   std::string pattern = (fs::temp_directory_path(error) / "heng-XXXXXX").string();
   if (!error && mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
   std::error_code error;
   if (!path_.empty()) fs::remove_all(path_, error);
}

}  // namespace heng
