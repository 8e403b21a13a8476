using System.Security.Cryptography;
using System.Text;
using Lowdose.Trials;

namespace Lowdose.Web.Trials;

/// <summary>What somebody reads before they take part. Its hash is kept with the consent, so that everybody can see later which text it was.</summary>
internal static class ConsentText
{
    /// <summary>The sentences.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="alone">There is no clinic: a friend makes the kits.</param>
    public static IReadOnlyList<string> Of(Trial trial, bool alone) =>
    [
        $"This trial is called {trial.Id}. It asks whether low-dose naltrexone helps you.",
        .. trial.IsSearch
            ? (string[])["You take what is in a numbered kit. It holds the drug. You do not know how much.", "How much follows from how the person before you answered. Only the pharmacist sees it.", $"It lasts {TrialWords.Days(trial.Design)} days.", "Each day you take the kit and write your score. Take no other low-dose naltrexone."]
            : Dealt(trial, alone),
        "You may take extra pain relief that is no opioid. Write it in your diary.",
        .. trial.IsSearch ? (string[])[] : ["At the end of each period you say what you think you had."],
        alone ? "You can stop or leave at any time, and need no reason." : "You can stop or leave at any time, and need no reason. Your care goes on as before.",
        "Naltrexone blocks opioids. Act as if every kit holds it. Take no opioid, and tell every doctor that you are in this trial.",
        .. alone
            ? (string[])["In an emergency your friend can find out what you had. Nobody there: act as if it was the drug.", "Your scores stay in your own diary."]
            : ["In an emergency your clinic can find out what you had. It is written down who did, and why.", "Your prescriber reads your scores. So does a researcher of the clinic, without your name."],
        trial.IsSearch ? "When all is over, you learn what your kit held." : "When all is over, you learn what each kit held. The order was sealed at the start, and you can check it.",
    ];

    private static string[] Dealt(Trial trial, bool alone) =>
    [
        "You take what is in numbered kits. Some hold the drug. Some hold placebo, which has no drug in it.",
        alone ? "A lot decides which is which. You do not know it. Only your friend does." : "A lot decides which is which. You do not know it. Your prescriber does not know it. Only the pharmacist does.",
        $"It lasts {TrialWords.Days(trial.Design)} days: {TrialWords.Periods(trial.Design)}. The drug comes and goes slowly. Shorter periods could miss an effect.",
        "Each day you take the kit of that day and write your score. Take no other low-dose naltrexone.",
    ];

    /// <summary>SHA-256 of the sentences, a line each.</summary>
    public static string Hash(Trial trial, bool alone) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Of(trial, alone)) + "\n")));
}
