using System.Diagnostics;
using System.Text;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Tests.Trials;

namespace Lowdose.Acceptance.Trials;

/// <summary>The script in docs/methods/trials.md, run as it stands there by somebody who has Python and no Lowdose.</summary>
public sealed class A_third_party : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Accepts_the_true_file_and_refuses_every_changed_one()
    {
        var (trial, opening) = Some.Revealed(Some.Built("trial-crossover"), 1, Some.People(4));
        var hash = trial.Commitment!.Hash;
        var (code, said) = Verify(hash, Encoding.ASCII.GetBytes(opening.Text));
        code.ShouldBe(0, said);
        foreach (var period in opening.Periods) said.ShouldContain($"{period.Subject}: period {period.Period} was {period.Arm}\n");
        said.ShouldEndWith("This is what was committed to.\n");
        var bytes = Encoding.ASCII.GetBytes(opening.Text);
        foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 2, bytes.Length - 1 })
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            Verify(hash, changed).Code.ShouldBe(1, $"byte {at}");
        }
        Verify(hash, bytes[..^1]).Code.ShouldBe(1);
        Verify(new string('0', 64), bytes).Code.ShouldBe(1);
    }

    private (int Code, string Said) Verify(string hash, byte[] file)
    {
        var page = File.ReadAllText(Path.Combine(LowdoseProcess.Repository, "docs", "methods", "trials.md"));
        var from = page.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        var script = _folder.File("verify.py", page[from..page.IndexOf("```", from, StringComparison.Ordinal)]);
        var opened = _folder.File("opened.txt", file);
        using var python = Process.Start(new ProcessStartInfo("python3", [script, hash, opened]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = python.StandardOutput.ReadToEnd() + python.StandardError.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, said.ReplaceLineEndings("\n"));
    }
}
