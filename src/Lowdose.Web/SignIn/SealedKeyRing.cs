using System.Xml.Linq;
using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Lowdose.Web.SignIn;

/// <summary>Where the framework keeps the keys of what a browser holds for a few minutes.</summary>
internal sealed class SealedKeyRing(KeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ring.All().Select(text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) => ring.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
