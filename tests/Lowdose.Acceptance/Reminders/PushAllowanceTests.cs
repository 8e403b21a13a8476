using System.Net;
using Lowdose.Web.Reminders;

namespace Lowdose.Acceptance.Reminders;

/// <summary>A reminder goes to a push service and to nowhere else.</summary>
public sealed class PushAllowanceTests
{
    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/x"), InlineData("https://updates.push.services.mozilla.com/wpush/v2/x"),
     InlineData("https://web.push.apple.com/x"), InlineData("https://db5p.notify.windows.com/w/?token=x")]
    public void The_push_services_of_the_usual_browsers_may_be_asked(string endpoint) => PushAllowance.Browsers.Check(new(endpoint)).ShouldBeNull();

    [Theory]
    [InlineData("http://fcm.googleapis.com/x", "https only"), InlineData("https://fcm.googleapis.com:8443/x", "https only"), InlineData("https://me@fcm.googleapis.com/x", "https only"),
     InlineData("file:///etc/passwd", "https only"), InlineData("https://fcm.googleapis.com.evil.example/x", "not a push service"), InlineData("https://push.apple.com.evil.example/", "not a push service"),
     InlineData("https://evilpush.apple.com/", "not a push service"), InlineData("https://evil.example/", "not a push service"), InlineData("https://127.0.0.1/x", "not a push service"),
     InlineData("https://[::1]/x", "not a push service"), InlineData("https://192.168.1.1/x", "not a push service"), InlineData("https://localhost/x", "not a push service")]
    public void Whatever_else_a_browser_names_is_not_asked(string endpoint, string why) => PushAllowance.Browsers.Check(new(endpoint))!.What.ShouldContain(why);

    [Theory]
    [InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("100.64.0.1"), InlineData("127.0.0.1"), InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255"),
     InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("::"), InlineData("::1"), InlineData("fe80::1"), InlineData("fd00::1"),
     InlineData("ff02::1"), InlineData("::ffff:192.168.1.1"), InlineData("64:ff9b::10.0.0.1"), InlineData("2002:c0a8:101::1"), InlineData("2001:db8::1")]
    public void A_name_that_leads_into_this_network_is_not_followed(string address) => PushAllowance.Browsers.MayConnect(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("142.250.1.1"), InlineData("172.15.0.1"), InlineData("172.32.0.1"), InlineData("100.63.0.1"), InlineData("2a00:1450:4001::1"), InlineData("::ffff:142.250.1.1"), InlineData("64:ff9b::142.250.1.1")]
    public void The_open_internet_is(string address) => PushAllowance.Browsers.MayConnect(IPAddress.Parse(address)).ShouldBeTrue();
}
