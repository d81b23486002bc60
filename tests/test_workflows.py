"""Workflows and their scripts: least privilege, nothing of a stranger's run with rights, and what the scripts say to GitHub."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from repository import ROOT, TIPWIJZER, Repository
from test_issue_form import ANSWERS, message

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = ROOT / ".github/scripts"
WORKFLOWS: dict[str, dict[Any, Any]] = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES}
JOBS = [(name, job, content) for name, workflow in WORKFLOWS.items() for job, content in workflow["jobs"].items()]
STEPS = [(name, job, step) for name, job, content in JOBS for step in content["steps"]]
# Where GitHub gives a run the rights of this repository, though what set it off can be a stranger's.
STRANGERS = {"pull_request_target", "workflow_run", "issues", "issue_comment"}
# What a stranger can write in an event; its number, ids and hashes are GitHub's own.
WRITTEN = re.compile(r"github\.(head_ref|event\.(issue|pull_request|comment|review|head_commit|workflow_run)\b[\w.*]*\.?(title|body|name|ref|label|message|email|head_branch|login|full_name)\b)")


def triggers(workflow: dict[Any, Any]) -> dict[str, Any]:
    """Return what starts a workflow. YAML 1.1 reads its key `on` as true."""
    on = workflow[True]
    return on if isinstance(on, dict) else dict.fromkeys([on] if isinstance(on, str) else on)


def writes(job: dict[str, Any]) -> bool:
    return "write" in job["permissions"].values()


def uses(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    return [step for step in job["steps"] if step.get("uses", "").startswith(f"{action}@")]


def test_every_workflow_is_here() -> None:
    assert set(WORKFLOWS) == {"audit", "check", "comment", "deploy", "herzien", "links", "nieuwe-tip", "test"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_starts_with_no_rights_and_never_runs_twice_at_once(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}
    assert WORKFLOWS[name]["concurrency"]["group"]
    assert "pull_request_target" not in triggers(WORKFLOWS[name])


@pytest.mark.parametrize(("name", "job", "content"), JOBS, ids=[f"{name}-{job}" for name, job, _ in JOBS])
def test_a_job_names_its_rights_and_has_an_end(name: str, job: str, content: dict[str, Any]) -> None:
    assert isinstance(content["permissions"], dict) and content["permissions"]
    assert 0 < content["timeout-minutes"] <= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_action_is_pinned_by_commit_with_its_version(file: Path) -> None:
    for line in re.findall(r"^.*\buses:.*$", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
        assert re.fullmatch(r"\s+(- )?uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_an_action_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for file in FILES:
        for action, version in re.findall(r"uses: (\S+)@(.*)", file.read_text(encoding="utf-8")):
            versions.setdefault(action, set()).add(version)
    assert all(len(found) == 1 for found in versions.values()), versions


@pytest.mark.parametrize(("name", "job", "content"), JOBS, ids=[f"{name}-{job}" for name, job, _ in JOBS])
def test_a_stranger_gets_no_rights(name: str, job: str, content: dict[str, Any]) -> None:
    for step in uses(content, "actions/checkout"):
        assert step["with"]["persist-credentials"] is False
        assert step["with"].get("ref", "main") == "main" and not {"repository", "allow-unsafe-pr-checkout"} & step["with"].keys()
    if "pull_request" in triggers(WORKFLOWS[name]):
        assert content["permissions"] == {"contents": "read"}, "it runs code of a pull request"
    if writes(content) and STRANGERS & triggers(WORKFLOWS[name]).keys():
        for step in content["steps"]:
            assert not re.search(r"\b(make|tipwijzer|python3?|pip|npm)\b", step.get("run", "")), "only our scripts run here"


@pytest.mark.parametrize(("name", "job", "step"), STEPS)
def test_no_command_is_made_of_what_somebody_wrote(name: str, job: str, step: dict[str, Any]) -> None:
    assert "${{" not in step.get("run", ""), "an expression becomes part of the command; use env"
    assert not WRITTEN.search(json.dumps(step.get("with", {})))
    if "run" in step and "GH_TOKEN" in step.get("env", {}):
        permissions = WORKFLOWS[name]["jobs"][job]["permissions"]
        assert writes(WORKFLOWS[name]["jobs"][job]) or permissions.get("actions") == "read", "a token without a right is of no use"


def test_that_guard_sees_what_it_should() -> None:
    for bad in ("github.head_ref", "github.event.issue.title", "github.event.pull_request.head.ref", "github.event.workflow_run.head_branch"):
        assert WRITTEN.search(bad), bad
    assert not WRITTEN.search("github.event.pull_request.head.sha github.event.issue.number")


def test_the_comment_waits_for_the_check_by_its_name_and_finds_what_it_left() -> None:
    assert triggers(WORKFLOWS["comment"])["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]
    left = [step["with"] for step in uses(WORKFLOWS["check"]["jobs"]["check"], "actions/upload-artifact")]
    text = json.dumps(WORKFLOWS["comment"])
    assert [upload["name"] for upload in left] == ["opmerking"] and "opmerking.md" in left[0]["path"] and "opmerking.md" in text


def test_publishing_takes_along_the_report_that_the_audit_left() -> None:
    left = uses(WORKFLOWS["audit"]["jobs"]["audit"], "actions/upload-artifact")[0]["with"]
    steps = " ".join(step.get("run", "") for step in WORKFLOWS["deploy"]["jobs"]["build"]["steps"])
    assert "--workflow audit.yml" in steps and f"--name {left['name']} --dir .audit" in steps and left["path"] in steps


def test_what_a_job_downloads_was_uploaded_before() -> None:
    for name, job, content in JOBS:
        for step in uses(content, "actions/download-artifact"):
            before = WORKFLOWS[name]["jobs"]
            assert step["with"]["name"] in {upload["with"]["name"] for other in before.values() for upload in uses(other, "actions/upload-artifact")}, job


@pytest.mark.parametrize("command", sorted(set(re.findall(r"bin/tipwijzer (?:--map \S+ )?([a-z]+)", "".join(file.read_text(encoding="utf-8") for file in FILES)))))
def test_workflows_use_commands_that_exist(command: str) -> None:
    assert subprocess.run([TIPWIJZER, command, "--help"], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_gitlab_checks_shows_and_publishes() -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert {"check", "preview", "pages"} <= jobs.keys()
    assert "public" in jobs["pages"]["artifacts"]["paths"]


def test_owners_keep_content_apart_from_code() -> None:
    owners = dict(line.split(maxsplit=1) for line in (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    assert owners["/tips/"] == owners["/content/"] != owners["/generator/"] == owners["/.github/"]


# ---------------------------------------------------------------- the scripts, with a stand-in for GitHub's command

GH = """\
#!/usr/bin/env bash
# Writes down what it is asked, and answers from files named by the first words.
{ printf '%s\\0' "$@"; printf '\\n'; } >> "$STAGE/asked"
[ "$1 $2" = "pr create" ] && echo 'https://git.example/a/b/pull/7'
for word; do
  case "$option" in
    --jq) filter=$word ;;
    --input | --body-file) cat "$word" > "$STAGE/sent" ;;
  esac
  option=$word
done
answer="$STAGE/$(printf '%s' "$1-$2" | tr / _)"
[ -n "${filter:-}" ] && [ -f "$answer" ] && jq -r "$filter" "$answer"
exit 0
"""


class Stage:
    """A folder with a stand-in for `gh`: what it was asked, and what was sent along."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        (folder / "bin/gh").write_text(GH, encoding="utf-8")
        (folder / "bin/gh").chmod(0o755)
        (folder / "asked").touch()

        self.environment = {
            **os.environ,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "STAGE": str(folder),
            "GH_TOKEN": "x",
            "GITHUB_REPOSITORY": "a/b",
            "GITHUB_SERVER_URL": "https://git.example",
        }

    def run(self, script: str, *arguments: str, cwd: Path | None = None) -> str:
        done = subprocess.run([SCRIPTS / script, *arguments], cwd=cwd or self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self, command: str, data: Any) -> None:
        """Let `gh` answer a command, such as `issue list`, with data."""
        (self.folder / command.replace(" ", "-").replace("/", "_")).write_text(json.dumps(data), encoding="utf-8")

    def asked(self) -> list[str]:
        return [line.replace("\0", " ").strip() for line in (self.folder / "asked").read_text(encoding="utf-8").splitlines()]

    def file(self, text: str) -> str:
        (self.folder / "tekst.md").write_text(text, encoding="utf-8")
        return str(self.folder / "tekst.md")

    def comment(self, text: str) -> str:
        self.run("comment.sh", "12", "controle", self.file(text))
        return str(json.loads((self.folder / "sent").read_text(encoding="utf-8"))["body"])


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    if not shutil.which("jq"):
        pytest.skip("the scripts use jq, which GitHub's machines have")
    return Stage(tmp_path)


def test_a_comment_has_its_marker_once_and_keeps_its_links(stage: Stage) -> None:
    text = "### De controle: 1 fout\n\n- [Regel 3](https://git.example/a/b/blob/1a2b3c/tips/001-bel.yml#L3), fout `vorm`: haal `<b>` weg\n"
    body = stage.comment(f"<!-- tipwijzer: controle -->\n{text}")
    assert body == f"<!-- tipwijzer: controle -->\n{text}".replace("`<b>`", "`<\u2060b>`")
    assert "api --silent -X POST repos/a/b/issues/12/comments" in stage.asked()[-1]


@pytest.mark.parametrize(
    "text",
    ["<img src=x>", "@iedereen", "![plaatje](https://kwaad.example/p.png)", "[klik](https://kwaad.example/)", "[klik][1]\n\n[1]: https://kwaad.example/", "[klik](https://git.example/a/bc/)", "<!-- verstopt"],
)
def test_a_comment_does_nothing_but_show_text(text: str, stage: Stage) -> None:
    html = markdown.markdown(stage.comment(text).partition("\n")[2])
    assert not re.search(r"<(a|img|!--)", html) and "@iedereen" not in html


def test_a_part_of_a_comment_can_be_folded_up_and_nothing_more(stage: Stage) -> None:
    text = "<details>\n<summary>Hints</summary>\n\n- een hint\n\n</details>\n"
    assert stage.comment(text).endswith(text)
    assert "<\u2060details open onclick=x>" in stage.comment("<details open onclick=x>")


def test_a_second_comment_takes_the_place_of_the_first(stage: Stage) -> None:
    def by(login: str, number: int, body: str) -> dict[str, Any]:
        return {"id": number, "user": {"login": login}, "body": body}

    marker = "<!-- tipwijzer: controle -->"
    stage.answers("api --paginate", [by("iemand", 1, marker), by("github-actions[bot]", 2, "Hallo"), by("github-actions[bot]", 3, f"{marker}\nOud")])
    stage.comment("Nieuw")
    assert "-X PATCH repos/a/b/issues/comments/3" in stage.asked()[-1]


def test_a_very_long_comment_is_cut_off(stage: Stage) -> None:
    assert len(stage.comment("é" * 100_000)) < 65_000


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout


def played(stage: Stage, job: str, here: Path) -> None:
    """Run the last command of a job of the form for a new tip, for issue 5, in a clone of the repository."""
    step = next(step for step in reversed(WORKFLOWS["nieuwe-tip"]["jobs"][job]["steps"]) if "run" in step)
    stage.environment |= {"GITHUB_EVENT_PATH": str(stage.folder / "event.json"), "RUNNER_TEMP": str(stage.folder), "NUMBER": "5"}
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=here, env=stage.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a small repository, in which the draft of another form waits on its branch."""
    there = Repository(tmp_path / "er").root
    shutil.copy(ROOT / "tips/_sjabloon.yml", there / "tips")
    shutil.copytree(SCRIPTS, there / ".github/scripts")
    git("init", "--quiet", "--initial-branch=main", cwd=there)
    git("add", "-A", cwd=there)
    git("commit", "--quiet", "-m", "Begin", cwd=there)
    git("switch", "--quiet", "-c", "nieuwe-tip-4", cwd=there)
    (there / "tips/001-wacht.yml").write_text('number: 1\nslug: wacht\ntitle: "Bel"\n', encoding="utf-8")
    git("add", "-A", cwd=there)
    git("commit", "--quiet", "-m", "Concept", cwd=there)
    git("switch", "--quiet", "main", cwd=there)
    git("clone", "--quiet", "er", "hier", cwd=tmp_path)
    (tmp_path / "hier/.venv/bin").mkdir(parents=True)
    (tmp_path / "hier/.venv/bin/tipwijzer").symlink_to(TIPWIJZER)
    return tmp_path / "hier"


@pytest.mark.parametrize(("title", "made"), [("Schrijf", "tips/002-schrijf.yml"), ("Bel", None)])
def test_a_draft_counts_those_that_wait_on_other_branches(title: str, made: str | None, stage: Stage, clone: Path) -> None:
    (stage.folder / "event.json").write_text(json.dumps({"issue": {"body": message({**ANSWERS, "Titel": title, "Advies": "Bel terug."})}}), encoding="utf-8")
    played(stage, "draft", clone)
    assert [file.relative_to(clone / "answer").as_posix() for file in (clone / "answer").rglob("*.yml")] == ([made] if made else [])
    assert ("staat ook in `tips/001-wacht.yml`" in (clone / "answer/bericht.md").read_text(encoding="utf-8")) == (made is None)


def test_answers_that_change_after_the_draft_get_an_answer_and_change_nothing(stage: Stage, clone: Path) -> None:
    git("push", "--quiet", "origin", "HEAD:nieuwe-tip-5", cwd=clone)
    stage.answers("pr list", [{"url": "https://git.example/a/b/pull/9", "isCrossRepository": False}])
    played(stage, "answer", clone)
    body = json.loads((stage.folder / "sent").read_text(encoding="utf-8"))["body"]
    assert body.startswith("<!-- tipwijzer: concept-klaar -->\nVan je antwoorden is al een concept gemaakt: https://git.example/a/b/pull/9\n")
    assert git("rev-parse", "origin/nieuwe-tip-5", cwd=clone) == git("rev-parse", "HEAD", cwd=clone)


@pytest.mark.parametrize(
    ("open_issues", "text", "asked"),
    [
        ([], "Dit is over.\n- Tip 1\n", ["issue create"]),
        ([], "Alles is goed.\n", []),
        ([{"number": 5, "title": "Lijst"}, {"number": 6, "title": "Iets anders"}], "- Tip 1\n", ["issue edit 5"]),
        ([{"number": 5, "title": "Lijst"}], "Alles is goed.\n", ["issue edit 5", "issue close 5"]),
        ([{"number": 6, "title": "Iets anders"}], "- Tip 1\n", ["issue create"]),
    ],
)
def test_one_issue_is_kept_up_to_date(open_issues: list[dict[str, Any]], text: str, asked: list[str], stage: Stage) -> None:
    stage.answers("issue list", open_issues)
    stage.run("issue.sh", "Lijst", stage.file(text))
    assert [re.sub(r" --.*", "", line) for line in stage.asked()][1:] == asked


def test_a_long_list_fits_in_an_issue(stage: Stage) -> None:
    stage.run("issue.sh", "Lijst", stage.file("- een regel met een link\n" * 5000))
    sent = (stage.folder / "sent").read_text(encoding="utf-8")
    assert len(sent) < 65_000 and sent.endswith("De lijst is langer. Hier staat het begin.\n")


@pytest.mark.parametrize("is_open", [False, True])
def test_a_file_is_proposed_on_a_branch_of_its_own(is_open: bool, stage: Stage, tmp_path: Path) -> None:
    git("init", "--quiet", "--bare", "--initial-branch=main", "er", cwd=tmp_path)
    git("clone", "--quiet", "er", "hier", cwd=tmp_path)
    here = tmp_path / "hier"
    git("commit", "--quiet", "--allow-empty", "-m", "Begin", cwd=here)
    git("push", "--quiet", "origin", "HEAD:main", cwd=here)
    strangers = {"url": "https://git.example/a/b/pull/1", "isCrossRepository": True}
    ours = {"url": "https://git.example/a/b/pull/2", "isCrossRepository": False}
    stage.answers("pr list", [strangers, ours] if is_open else [strangers])
    for text in ("een\n", "twee\n"):  # The second time the branch is there already.
        (here / "nieuw.txt").write_text(text, encoding="utf-8")
        printed = stage.run("propose.sh", "voorstel", "nieuw.txt", "Een titel", "Een tekst", cwd=here)
        assert printed == f"https://git.example/a/b/pull/{2 if is_open else 7}\n"
        git("switch", "--quiet", "--detach", "origin/main", cwd=here)
    assert git("show", "voorstel:nieuw.txt", cwd=tmp_path / "er") == "twee\n"
    assert git("rev-list", "--count", "main..voorstel", cwd=tmp_path / "er") == "1\n"
