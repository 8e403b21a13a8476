using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lowdose.Web.Layout;

/// <summary>A table as a form brought it: a file where one was chosen, else what was pasted. It is kept nowhere but in the page.</summary>
/// <param name="Name">As the person knows it.</param>
/// <param name="Text">What is in it; it may have been a workbook's bytes.</param>
/// <param name="Form">The rest of the form.</param>
internal sealed record PostedTable(string Name, string Text, IFormCollection Form)
{
    /// <summary>Takes it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field of pasted text; with <c>-name</c> the name it had before.</param>
    /// <param name="largestBytes">The largest table taken.</param>
    /// <returns>Null where it is too large.</returns>
    public static async Task<PostedTable?> From(HttpRequest request, string field, int largestBytes)
    {
        try
        {
            // A browser carries line ends as two characters: what came in must also come back.
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 2 * largestBytes;
            var form = request.HasFormContentType ? await request.ReadFormAsync(new FormOptions { ValueLengthLimit = 2 * largestBytes }).ConfigureAwait(false) : FormCollection.Empty;
            var (name, text) = (form[field + "-name"] is [{ Length: > 0 } known, ..] ? known : "what you pasted", form[field].ToString());
            if (form.Files.FirstOrDefault(f => f.Length > 0) is { } file)
            {
                using var reader = new StreamReader(file.OpenReadStream());
                (name, text) = (file.FileName.Split('/', '\\')[^1], await reader.ReadToEndAsync().ConfigureAwait(false));
            }
            return Encoding.UTF8.GetByteCount(text) - text.Count(c => c == '\r') > largestBytes ? null : new(name, text, form);
        }
        catch (Exception tooLarge) when (tooLarge is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }
}
