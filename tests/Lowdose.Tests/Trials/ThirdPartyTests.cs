using System.Diagnostics;
using System.Text;
using Lowdose.Tests.HouseRules;

namespace Lowdose.Tests.Trials;

/// <summary>The script in docs/methods/trials.md, run as it stands there by somebody who has Python and no Lowdose.</summary>
public sealed class A_third_party : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lowdose-verify");

    public void Dispose() => _folder.Delete(recursive: true);

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
        var page = Repository.Files.Single(f => f.Path == "docs/methods/trials.md").Text;
        var from = page.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        var (script, opened) = (Path.Combine(_folder.FullName, "verify.py"), Path.Combine(_folder.FullName, "opened.txt"));
        File.WriteAllText(script, page[from..page.IndexOf("```", from, StringComparison.Ordinal)]);
        File.WriteAllBytes(opened, file);
        using var python = Process.Start(new ProcessStartInfo("python3", [script, hash, opened]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = python.StandardOutput.ReadToEnd() + python.StandardError.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, said.ReplaceLineEndings("\n"));
    }
}
