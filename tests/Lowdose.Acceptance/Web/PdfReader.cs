using System.Diagnostics;

namespace Lowdose.Acceptance.Web;

/// <summary>An independent reader of PDF files: poppler, which bin/test installs.</summary>
internal static class PdfReader
{
    /// <summary>Its text in reading order.</summary>
    public static Task<string> Text(string file) => Said("pdftotext", "-raw", file, "-");

    /// <summary>Title, pages, size, whether it is tagged.</summary>
    public static Task<string> Facts(string file) => Said("pdfinfo", file);

    /// <summary>Its fonts, and whether they are embedded.</summary>
    public static Task<string> Fonts(string file) => Said("pdffonts", file);

    /// <summary>Its tags.</summary>
    public static Task<string> Tags(string file) => Said("pdfinfo", "-struct-text", file);

    private static async Task<string> Said(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        (await error).ShouldBe("", program);
        process.ExitCode.ShouldBe(0, program);
        return await output;
    }
}
