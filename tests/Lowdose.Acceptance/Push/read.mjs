// Decrypts a push with a decoder that is not ours: http_ece, by an author of RFC 8188 and 8291.
import { createECDH } from "node:crypto";
import { readFileSync } from "node:fs";
import ece from "http_ece";

const { body, privateKey, auth } = JSON.parse(readFileSync(0, "utf8"));
const browser = createECDH("prime256v1");
browser.setPrivateKey(Buffer.from(privateKey, "base64url"));
const text = ece.decrypt(Buffer.from(body, "base64url"), { version: "aes128gcm", privateKey: browser, authSecret: auth });
process.stdout.write(text);
