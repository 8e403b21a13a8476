using System.Diagnostics;
using System.Text.Json;

namespace Lowdose.Benchmarks;

/// <summary>The scripts of benchmarks/peers, which do the same in R.</summary>
internal static class Peers
{
    /// <summary>Runs one on files that are gone afterwards.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="files">What the files hold; their paths are its first arguments.</param>
    /// <param name="more">Its other arguments.</param>
    /// <returns>What it printed last, one JSON object; null where there is no R, or it failed.</returns>
    public static JsonElement? Ask(string script, IReadOnlyList<string> files, params IReadOnlyList<string> more)
    {
        var folder = Directory.CreateTempSubdirectory("lowdose-peers-");
        try
        {
            string[] paths = [.. files.Select((text, i) =>
            {
                var path = Path.Combine(folder.FullName, $"{i + 1}.csv");
                File.WriteAllText(path, text);
                return path;
            })];
            using var process = Process.Start(new ProcessStartInfo("Rscript", [Path.Combine(Provenance.Root, "benchmarks", "peers", script), .. paths, .. more]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) return null;
            // A compiler may talk before the object.
            return JsonDocument.Parse(output.StartsWith('{') ? output : output[(output.IndexOf("\n{", StringComparison.Ordinal) + 1)..]).RootElement;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
