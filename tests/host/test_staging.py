"""Nothing is lost: the published site is replaced in one step or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from evidencebase.host import staging


def site_with(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def test_the_staged_site_takes_the_place_of_the_published_one(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", "old")
    staged = staging.open_staging(site)
    (staged / "index.html").write_text("new", encoding="utf-8")
    staging.publish(staged, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_old_site_is_put_aside_for_the_next_build(tmp_path: Path) -> None:
    site, spare = site_with(tmp_path / "site", "old"), tmp_path / "spare"
    staged = staging.open_staging(site, spare)
    assert list(staged.iterdir()) == []
    staging.publish(staged, site, spare)
    staged = staging.open_staging(site, spare)
    assert (staged / staging.SPARE / "index.html").read_text(encoding="utf-8") == "old"
    staging.publish(staged, site, spare)
    assert list(site.iterdir()) == []


def test_a_first_site_needs_no_old_one(tmp_path: Path) -> None:
    staged = staging.open_staging(tmp_path / "deep" / "site")
    (staged / "index.html").write_text("new", encoding="utf-8")
    staging.publish(staged, tmp_path / "deep" / "site")
    assert (tmp_path / "deep" / "site" / "index.html").is_file()


def test_a_discarded_build_leaves_the_old_site_and_no_rubbish(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", "old")
    staging.discard(staging.open_staging(site))
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_killed_build_leaves_the_old_site_and_the_next_one_sweeps_up(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", "old")
    program = (
        "import sys, time; from pathlib import Path; from evidencebase.host import staging\n"
        f"staged = staging.open_staging(Path({str(site)!r}))\n"
        "(staged / 'half.html').write_text('half'); print(staged, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        left = Path(build.stdout.readline().strip())
        build.send_signal(signal.SIGKILL)
        build.wait()
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert (left / "half.html").is_file()
    staging.discard(staging.open_staging(site))
    assert not left.exists()


def test_a_build_that_is_still_running_keeps_its_folder(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", "old")
    other = tmp_path / f".site-{os.getppid()}"
    other.mkdir()
    staging.discard(staging.open_staging(site))
    assert other.is_dir()


def test_readers_find_a_whole_site_at_every_moment_of_a_swap(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", "0")
    program = (
        "from pathlib import Path; from evidencebase.host import staging\n"
        f"site = Path({str(site)!r})\n"
        "for number in range(1, 200):\n"
        "    staged = staging.open_staging(site)\n"
        "    (staged / 'index.html').write_text(str(number)); staging.publish(staged, site)\n"
    )
    seen = set()
    with subprocess.Popen([sys.executable, "-c", program]) as build:
        while build.poll() is None:
            seen.add((site / "index.html").read_text(encoding="utf-8"))
            time.sleep(0)
    assert build.returncode == 0
    assert len(seen) > 1
    assert "" not in seen
